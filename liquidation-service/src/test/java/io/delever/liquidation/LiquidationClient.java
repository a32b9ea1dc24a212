package io.delever.liquidation;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.FundBalance;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc.InsuranceFundServiceBlockingStub;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc.LiquidationServiceBlockingStub;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.engine.money.Money;
import io.delever.testing.Await;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.List;

/** The service from outside, over a plain gRPC client. */
final class LiquidationClient implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final ManagedChannel channel;
    final LiquidationServiceBlockingStub cases;
    final InsuranceFundServiceBlockingStub fund;
    final LiquidationServiceGrpc.LiquidationServiceStub streams;

    LiquidationClient(String host, int port) {
        channel = ManagedChannelBuilder.forAddress(host, port).usePlaintext().build();
        cases = LiquidationServiceGrpc.newBlockingStub(channel);
        streams = LiquidationServiceGrpc.newStub(channel);
        fund = InsuranceFundServiceGrpc.newBlockingStub(channel);
    }

    /** The account's newest case, with its steps. */
    Case newest(String account) {
        List<Case> found =
                cases.listCases(ListCasesRequest.newBuilder().setAccountId(account).build())
                        .getCasesList();
        if (found.isEmpty()) {
            throw new AssertionError("no case of " + account);
        }
        return cases.getCase(
                        GetCaseRequest.newBuilder().setCaseId(found.getFirst().getCaseId()).build())
                .getCase();
    }

    Case awaitState(String account, CaseState state) {
        Await.until(
                account + " is " + state,
                LIMIT,
                () -> {
                    Case now = newest(account);
                    if (now.getState() != state) {
                        throw new AssertionError(now.toString());
                    }
                    return true;
                });
        return newest(account);
    }

    FundBalance contribute(String commandId, String amount) {
        return fund.contributeToFund(
                        ContributeToFundRequest.newBuilder()
                                .setCommandId(commandId)
                                .setAssetId("USDC")
                                .setAmountE8(Money.parse(amount).e8())
                                .build())
                .getBalance();
    }

    FundBalance balance() {
        return fund.getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance()).getBalances(0);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
