package io.delever.gateway.upstream;

import io.delever.contracts.margin.v1.Accepted;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc.AccountCommandServiceImplBase;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.NotTaken;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.contracts.margin.v1.SubmitCommandResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes commands once each, moves balances, and refuses what the tests ask it to refuse. */
public final class TestCommands extends AccountCommandServiceImplBase {
    private final TestMargin margin;
    private final Map<String, CommandReply> replies = new LinkedHashMap<>();
    private final List<Command> taken = new ArrayList<>();

    TestCommands(TestMargin margin) {
        this.margin = margin;
    }

    /** The commands that took effect or were refused, in order. */
    public synchronized List<Command> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized void submitCommand(
            SubmitCommandRequest request, StreamObserver<SubmitCommandResponse> answer) {
        Command command = request.getCommand();
        CommandReply known = replies.get(command.getCommandId());
        CommandReply reply = known == null ? decide(command) : known;
        if (known == null && !reply.hasNotTaken()) {
            replies.put(command.getCommandId(), reply);
            taken.add(command);
        }
        answer.onNext(SubmitCommandResponse.newBuilder().setReply(reply).build());
        answer.onCompleted();
    }

    private CommandReply decide(Command command) {
        CommandReply.Builder reply = CommandReply.newBuilder().setCommandId(command.getCommandId());
        return switch (command.getKindCase()) {
            case DEPOSIT ->
                    deposit(
                            reply,
                            command.getDeposit().getAccountId(),
                            command.getDeposit().getAssetId(),
                            command.getDeposit().getAmountE8());
            case WITHDRAWAL -> withdrawal(reply, command.getWithdrawal().getAmountE8());
            case TRANSFER ->
                    command.getTransfer()
                                    .getFromAccountId()
                                    .equals(command.getTransfer().getToAccountId())
                            ? reject(
                                    reply,
                                    RejectionReason.REJECTION_REASON_SAME_ACCOUNT,
                                    "from and to are the same account")
                            : accept(reply);
            case LEVERAGE_CHANGE ->
                    command.getLeverageChange().getLeveragePpm() > 100_000_000
                            ? reject(
                                    reply,
                                    RejectionReason.REJECTION_REASON_LEVERAGE_OUT_OF_RANGE,
                                    "leverage 200 for BTC-PERP, the limit is 100")
                            : accept(reply);
            case FILL,
                    MARGIN_MODE_CHANGE,
                    INSURANCE_SETTLEMENT,
                    INSTRUMENT_LISTING,
                    ASSET_LISTING,
                    KIND_NOT_SET ->
                    throw new IllegalStateException("the gateway must not send " + command);
        };
    }

    private CommandReply deposit(
            CommandReply.Builder reply, String accountId, String assetId, long amountE8) {
        return switch (assetId) {
            case "OVERLOAD" ->
                    notTaken(reply, NotTakenReason.NOT_TAKEN_REASON_OVERLOADED, "queue is full");
            case "NOJOURNAL" ->
                    notTaken(
                            reply,
                            NotTakenReason.NOT_TAKEN_REASON_JOURNAL_UNAVAILABLE,
                            "journal cannot be written");
            case "XYZ" ->
                    reject(
                            reply,
                            RejectionReason.REJECTION_REASON_UNKNOWN_ASSET,
                            "asset XYZ is not listed");
            default -> {
                if (amountE8 <= 0) {
                    yield notTaken(
                            reply,
                            NotTakenReason.NOT_TAKEN_REASON_MALFORMED,
                            "amount must be > 0, it is " + amountE8);
                }
                credit(accountId, assetId, amountE8);
                yield accept(reply);
            }
        };
    }

    private void credit(String accountId, String assetId, long amountE8) {
        Account before =
                margin.accounts.getOrDefault(
                        accountId, Account.newBuilder().setAccountId(accountId).build());
        margin.put(
                before.toBuilder()
                        .addBalances(Balance.newBuilder().setAssetId(assetId).setAmountE8(amountE8))
                        .build());
    }

    private CommandReply withdrawal(CommandReply.Builder reply, long amountE8) {
        if (amountE8 == 700_000_000L) {
            return reject(
                    reply,
                    RejectionReason.REJECTION_REASON_ACCOUNT_IN_LIQUIDATION,
                    "account is being liquidated");
        }
        return amountE8 > 100_000_000_000L
                ? reject(
                        reply,
                        RejectionReason.REJECTION_REASON_INSUFFICIENT_MARGIN,
                        "withdrawal of 5000 leaves 0, initial margin is 250")
                : accept(reply);
    }

    private CommandReply accept(CommandReply.Builder reply) {
        return reply.setAccepted(Accepted.newBuilder().setShard(2).setSequence(replies.size() + 1L))
                .build();
    }

    private static CommandReply reject(
            CommandReply.Builder reply, RejectionReason reason, String detail) {
        return reply.setRejected(Rejected.newBuilder().setReason(reason).setDetail(detail)).build();
    }

    private static CommandReply notTaken(
            CommandReply.Builder reply, NotTakenReason reason, String detail) {
        return reply.setNotTaken(
                        NotTaken.newBuilder()
                                .setReason(reason)
                                .setDetail(detail)
                                .setRetryAfterNanos(2_500_000_000L))
                .build();
    }
}
