package io.delever.liquidation.grpc;

import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.ContributeToFundResponse;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundResponse;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.liquidation.v1.LedgerEntry;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesRequest;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesResponse;
import io.delever.engine.liquidation.FundBalance;
import io.delever.engine.liquidation.FundCommand;
import io.delever.engine.liquidation.FundReply;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.liquidation.core.CaseStore;
import io.delever.liquidation.core.FundDesk;
import io.delever.liquidation.core.Liquidator;
import io.delever.liquidation.core.PostedEntry;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The insurance fund over gRPC. */
@GrpcService
public class InsuranceFundGrpc extends InsuranceFundServiceGrpc.InsuranceFundServiceImplBase {
    private static final int MAX_PAGE = 1_000;
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_ID = 128;

    private final FundDesk fund;
    private final Liquidator liquidator;
    private final CaseStore store;
    private final InstantSource clock;
    private final Answers answers;

    /** Answers from these. */
    public InsuranceFundGrpc(
            FundDesk fund,
            Liquidator liquidator,
            CaseStore store,
            InstantSource clock,
            Replies replies) {
        this.fund = fund;
        this.liquidator = liquidator;
        this.store = store;
        this.clock = clock;
        answers = new Answers(replies.executor());
    }

    @Override
    public void getInsuranceFund(
            GetInsuranceFundRequest request, StreamObserver<GetInsuranceFundResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    GetInsuranceFundResponse.Builder message =
                            GetInsuranceFundResponse.newBuilder()
                                    .setBalanced(fund.verify().isEmpty());
                    fund.balances().forEach(balance -> message.addBalances(message(balance)));
                    return message.build();
                });
    }

    @Override
    public void listLedgerEntries(
            ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    int size = Requests.pageSize(request.getPageSize(), DEFAULT_PAGE, MAX_PAGE);
                    List<PostedEntry> entries =
                            store.entries(Requests.before(request.getPageToken()), size);
                    ListLedgerEntriesResponse.Builder message =
                            ListLedgerEntriesResponse.newBuilder();
                    entries.forEach(entry -> message.addEntries(message(entry)));
                    if (entries.size() == size) {
                        message.setNextPageToken(Requests.token(entries.getLast().sequence()));
                    }
                    return message.build();
                });
    }

    @Override
    public void contributeToFund(
            ContributeToFundRequest request, StreamObserver<ContributeToFundResponse> responses) {
        answers.unary(responses, () -> contribute(request));
    }

    private ContributeToFundResponse contribute(ContributeToFundRequest request) {
        String id = request.getCommandId();
        if (id.isEmpty()
                || id.length() > MAX_ID
                || !id.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw Failures.invalid(
                    "command_id", id, "1 to " + MAX_ID + " printable ASCII characters");
        }
        AssetId asset = Requests.id("asset_id", request.getAssetId(), AssetId::new);
        if (request.getAmountE8() <= 0) {
            throw Failures.invalid(
                    "amount_e8", Long.toString(request.getAmountE8()), "more than 0");
        }
        Instant now = clock.instant();
        FundReply reply =
                liquidator.contribute(
                        new FundCommand.Contribute(
                                "contribution:" + id,
                                asset,
                                new Money(request.getAmountE8()),
                                Math.addExact(
                                        Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L),
                                        now.getNano())));
        if (reply instanceof FundReply.Refused(FundReply.Reason reason, String detail)) {
            throw Failures.amountTooLarge(id, reason + ": " + detail);
        }
        ContributeToFundResponse.Builder message = ContributeToFundResponse.newBuilder();
        fund.balances().stream()
                .filter(balance -> balance.asset().equals(asset))
                .forEach(balance -> message.setBalance(message(balance)));
        return message.build();
    }

    private static io.delever.contracts.liquidation.v1.FundBalance message(FundBalance balance) {
        return io.delever.contracts.liquidation.v1.FundBalance.newBuilder()
                .setAssetId(balance.asset().value())
                .setBalanceE8(balance.balance().e8())
                .setFloorE8(balance.floor().e8())
                .setContributionsE8(balance.contributions().e8())
                .setFeesE8(balance.fees().e8())
                .setPaidE8(balance.paid().e8())
                .setReservedE8(balance.reserved().e8())
                .build();
    }

    private static LedgerEntry message(PostedEntry posted) {
        return LedgerEntry.newBuilder()
                .setSequence(posted.sequence())
                .setEntryId(posted.entry().entryId())
                .setDebitLedgerAccount(posted.entry().debit().name())
                .setCreditLedgerAccount(posted.entry().credit().name())
                .setAssetId(posted.entry().asset().value())
                .setAmountE8(posted.entry().amount().e8())
                .setCaseId(posted.entry().caseId())
                .setEventTimeNanos(posted.entry().eventTimeNanos())
                .build();
    }
}
