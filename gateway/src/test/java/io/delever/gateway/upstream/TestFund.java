package io.delever.gateway.upstream;

import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.ContributeToFundResponse;
import io.delever.contracts.liquidation.v1.FundBalance;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundResponse;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc.InsuranceFundServiceImplBase;
import io.delever.contracts.liquidation.v1.LedgerEntry;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesRequest;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An insurance fund in one asset. */
public final class TestFund extends InsuranceFundServiceImplBase {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<String, FundBalance> replies = new HashMap<>();
    private long contributions;
    private long fees;
    private long paid;

    /** Books a contribution, a fee or a payment. */
    public synchronized void book(String kind, long amountE8, String caseId, long timeNanos) {
        switch (kind) {
            case "contribution" -> contributions += amountE8;
            case "fee" -> fees += amountE8;
            case "payment" -> paid += amountE8;
            default -> throw new IllegalArgumentException(kind);
        }
        boolean in = !kind.equals("payment");
        entries.addFirst(
                LedgerEntry.newBuilder()
                        .setSequence(entries.size() + 1L)
                        .setEntryId(kind + "-" + (entries.size() + 1))
                        .setDebitLedgerAccount(in ? "FUND_CASH" : "DEFICITS_PAID")
                        .setCreditLedgerAccount(
                                in ? (kind.equals("fee") ? "FEE_INCOME" : "CAPITAL") : "FUND_CASH")
                        .setAssetId("USD")
                        .setAmountE8(amountE8)
                        .setCaseId(caseId)
                        .setEventTimeNanos(timeNanos)
                        .build());
    }

    private FundBalance balance() {
        return FundBalance.newBuilder()
                .setAssetId("USD")
                .setBalanceE8(contributions + fees - paid)
                .setContributionsE8(contributions)
                .setFeesE8(fees)
                .setPaidE8(paid)
                .build();
    }

    @Override
    public synchronized void getInsuranceFund(
            GetInsuranceFundRequest request, StreamObserver<GetInsuranceFundResponse> answer) {
        answer.onNext(
                GetInsuranceFundResponse.newBuilder()
                        .addBalances(balance())
                        .setBalanced(true)
                        .build());
        answer.onCompleted();
    }

    @Override
    public synchronized void listLedgerEntries(
            ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> answer) {
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int size = request.getPageSize() == 0 ? 100 : request.getPageSize();
        int to = Math.min(entries.size(), from + size);
        answer.onNext(
                ListLedgerEntriesResponse.newBuilder()
                        .addAllEntries(entries.subList(from, to))
                        .setNextPageToken(to < entries.size() ? Integer.toString(to) : "")
                        .build());
        answer.onCompleted();
    }

    @Override
    public synchronized void contributeToFund(
            ContributeToFundRequest request, StreamObserver<ContributeToFundResponse> answer) {
        FundBalance reply = replies.get(request.getCommandId());
        if (reply == null) {
            book("contribution", request.getAmountE8(), "", 1_760_000_000_000_000_000L);
            reply = balance();
            replies.put(request.getCommandId(), reply);
        }
        answer.onNext(ContributeToFundResponse.newBuilder().setBalance(reply).build());
        answer.onCompleted();
    }
}
