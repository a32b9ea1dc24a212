package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.Fill;
import io.delever.contracts.margin.v1.InsuranceSettlement;
import io.delever.contracts.margin.v1.NotTaken;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.Transfer;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.MarginMode;
import io.delever.engine.margin.Refusal;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.margin.core.CommandOutcome;
import io.delever.margin.core.NotTakenReason;
import java.util.Map;
import java.util.Optional;

/** Commands and their replies between the contracts and the engine. */
final class CommandMessages {
    /** Longest command id of a client. */
    static final int MAX_COMMAND_ID = 128;

    /** Longest trade id and case id. */
    static final int MAX_REFERENCE = 128;

    private static final String REASON_PREFIX = "REJECTION_REASON_";

    private CommandMessages() {}

    /**
     * The command as the engine has it.
     *
     * @param nowNanos its time where the sender gave none
     * @throws IllegalArgumentException where it is malformed; it is not journaled then. JRNL-004
     */
    static Command command(io.delever.contracts.margin.v1.Command message, long nowNanos) {
        checkId(message.getCommandId());
        if (message.getEventTimeNanos() < 0) {
            throw new MalformedException(
                    "MALFORMED",
                    "the event time of command %s must be >= 0, is %d"
                            .formatted(message.getCommandId(), message.getEventTimeNanos()),
                    Map.of(
                            "id", message.getCommandId(),
                            "value", Long.toString(message.getEventTimeNanos()),
                            "limit", "0"));
        }
        long time = message.getEventTimeNanos() == 0 ? nowNanos : message.getEventTimeNanos();
        return new Command(message.getCommandId(), time, action(message));
    }

    static CommandReply reply(CommandOutcome outcome) {
        CommandReply.Builder reply = CommandReply.newBuilder().setCommandId(outcome.commandId());
        switch (outcome) {
            case CommandOutcome.Accepted a ->
                    reply.setAccepted(
                            io.delever.contracts.margin.v1.Accepted.newBuilder()
                                    .setShard(a.shard())
                                    .setSequence(a.sequence()));
            case CommandOutcome.Refused r ->
                    reply.setRejected(
                            rejected(new Refusal(r.reason(), r.detail()))
                                    .setShard(r.shard())
                                    .setSequence(r.sequence()));
            case CommandOutcome.NotTaken n ->
                    reply.setNotTaken(
                            NotTaken.newBuilder()
                                    .setReason(reason(n.reason()))
                                    .setDetail(n.detail())
                                    .setRetryAfterNanos(n.retryAfter().toNanos()));
        }
        return reply.build();
    }

    /** The reply to a command that was not understood. */
    static CommandReply malformed(String commandId, IllegalArgumentException failure) {
        return CommandReply.newBuilder()
                .setCommandId(commandId)
                .setNotTaken(
                        NotTaken.newBuilder()
                                .setReason(
                                        io.delever.contracts.margin.v1.NotTakenReason
                                                .NOT_TAKEN_REASON_MALFORMED)
                                .setDetail(String.valueOf(failure.getMessage())))
                .build();
    }

    /** A refusal as the contracts have it, without a place in the journal. */
    static Rejected.Builder rejected(Refusal refusal) {
        return Rejected.newBuilder()
                .setReason(RejectionReason.valueOf(REASON_PREFIX + refusal.reason().name()))
                .setDetail(refusal.detail());
    }

    private static io.delever.contracts.margin.v1.NotTakenReason reason(NotTakenReason reason) {
        return switch (reason) {
            case OVERLOADED ->
                    io.delever.contracts.margin.v1.NotTakenReason.NOT_TAKEN_REASON_OVERLOADED;
            case JOURNAL_UNAVAILABLE ->
                    io.delever.contracts.margin.v1.NotTakenReason
                            .NOT_TAKEN_REASON_JOURNAL_UNAVAILABLE;
        };
    }

    private static void checkId(String id) {
        if (id.isEmpty() || id.length() > MAX_COMMAND_ID) {
            throw new MalformedException(
                    "MALFORMED",
                    "command_id must have 1 to %d characters, has %d"
                            .formatted(MAX_COMMAND_ID, id.length()),
                    Map.of(
                            "value", Integer.toString(id.length()),
                            "limit", Integer.toString(MAX_COMMAND_ID)));
        }
    }

    private static AccountCommand action(io.delever.contracts.margin.v1.Command message) {
        return switch (message.getKindCase()) {
            case DEPOSIT ->
                    new AccountCommand.Deposit(
                            new AccountId(message.getDeposit().getAccountId()),
                            new AssetId(message.getDeposit().getAssetId()),
                            new Money(message.getDeposit().getAmountE8()));
            case WITHDRAWAL ->
                    new AccountCommand.Withdrawal(
                            new AccountId(message.getWithdrawal().getAccountId()),
                            new AssetId(message.getWithdrawal().getAssetId()),
                            new Money(message.getWithdrawal().getAmountE8()));
            case TRANSFER -> transfer(message.getTransfer());
            case FILL -> fill(message.getFill());
            case LEVERAGE_CHANGE ->
                    new AccountCommand.LeverageChange(
                            new AccountId(message.getLeverageChange().getAccountId()),
                            new InstrumentId(message.getLeverageChange().getInstrumentId()),
                            new Leverage(message.getLeverageChange().getLeveragePpm()));
            case MARGIN_MODE_CHANGE ->
                    new AccountCommand.MarginModeChange(
                            new AccountId(message.getMarginModeChange().getAccountId()),
                            new InstrumentId(message.getMarginModeChange().getInstrumentId()),
                            mode(message.getMarginModeChange().getMode()));
            case INSURANCE_SETTLEMENT -> settlement(message.getInsuranceSettlement());
            case INSTRUMENT_LISTING ->
                    new AccountCommand.InstrumentListing(
                            Listings.instrument(message.getInstrumentListing().getInstrument()));
            case ASSET_LISTING ->
                    new AccountCommand.AssetListing(
                            Listings.asset(message.getAssetListing().getAsset()));
            case KIND_NOT_SET ->
                    throw new MalformedException(
                            "MALFORMED",
                            "command %s has no kind".formatted(message.getCommandId()),
                            Map.of("id", message.getCommandId()));
        };
    }

    private static AccountCommand transfer(Transfer transfer) {
        return new AccountCommand.Transfer(
                new AccountId(transfer.getFromAccountId()),
                new AccountId(transfer.getToAccountId()),
                new AssetId(transfer.getAssetId()),
                new Money(transfer.getAmountE8()));
    }

    private static AccountCommand fill(Fill fill) {
        return new AccountCommand.Fill(
                new AccountId(fill.getAccountId()),
                new InstrumentId(fill.getInstrumentId()),
                new Quantity(fill.getSizeE8()),
                new Price(fill.getPriceE8()),
                new Money(fill.getFeeE8()),
                beneficiary(fill),
                fill.getReduceOnly(),
                reference("trade_id", fill.getTradeId()),
                optional(reference("case_id", fill.getCaseId())));
    }

    private static AccountCommand settlement(InsuranceSettlement settlement) {
        return new AccountCommand.InsuranceSettlement(
                new AccountId(settlement.getAccountId()),
                new AssetId(settlement.getAssetId()),
                new Money(settlement.getAmountE8()),
                optional(reference("case_id", settlement.getCaseId())));
    }

    private static FeeBeneficiary beneficiary(Fill fill) {
        return switch (fill.getFeeBeneficiary()) {
            case FEE_BENEFICIARY_VENUE -> FeeBeneficiary.VENUE;
            case FEE_BENEFICIARY_INSURANCE_FUND -> FeeBeneficiary.INSURANCE_FUND;
            case FEE_BENEFICIARY_UNSPECIFIED, UNRECOGNIZED -> {
                if (fill.getFeeE8() != 0) {
                    throw new MalformedException(
                            "MALFORMED",
                            "a fill with a fee must name its fee_beneficiary",
                            Map.of("value", Long.toString(fill.getFeeE8())));
                }
                yield FeeBeneficiary.VENUE;
            }
        };
    }

    private static MarginMode mode(io.delever.contracts.margin.v1.MarginMode mode) {
        return switch (mode) {
            case MARGIN_MODE_CROSS -> MarginMode.CROSS;
            case MARGIN_MODE_ISOLATED -> MarginMode.ISOLATED;
            case MARGIN_MODE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedException(
                            "MALFORMED",
                            "a margin mode change must name its mode",
                            Map.of("value", mode.name()));
        };
    }

    private static String reference(String what, String value) {
        if (value.length() > MAX_REFERENCE) {
            throw new MalformedException(
                    "MALFORMED",
                    "%s must have at most %d characters, has %d"
                            .formatted(what, MAX_REFERENCE, value.length()),
                    Map.of(
                            "value", Integer.toString(value.length()),
                            "limit", Integer.toString(MAX_REFERENCE)));
        }
        return value;
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
