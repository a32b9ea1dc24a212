package io.delever.margin.app;

import static io.delever.margin.Wire.BTC;
import static io.delever.margin.Wire.deposit;
import static io.delever.margin.Wire.e8;
import static io.delever.margin.Wire.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountOrder;
import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.ListProfitablePositionsRequest;
import io.delever.contracts.margin.v1.PositionSide;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.testing.Covers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads and calculations from outside. */
@QuarkusTest
final class ReadsIT extends RunningService {
    @Test
    @Covers("JRNL-015")
    void aReadSeesWhatWasAcknowledged() {
        for (int i = 1; i <= 50; i++) {
            CommandReply reply = submit(deposit(id("y" + i), id("y"), "1"));
            Account account = account(id("y"));
            assertThat(account.getBalances(0).getAmountE8()).isEqualTo(e8(Integer.toString(i)));
            assertThat(account.getSequence())
                    .isGreaterThanOrEqualTo(reply.getAccepted().getSequence());
        }
    }

    @Test
    void anAccountShowsItsMarginAndThePricesBehindIt() {
        submit(deposit(id("d"), id("x"), "1000"));
        submit(fill(id("f"), id("x"), "0.1", "59000"));
        Account account = account(id("x"));

        assertThat(account.getMargin().getState()).isEqualTo(RiskState.RISK_STATE_HEALTHY);
        assertThat(account.getMargin().getEquityE8()).isEqualTo(e8("1100"));
        assertThat(account.getMargin().getMaintenanceMarginE8()).isEqualTo(e8("300"));
        assertThat(account.getMargin().getInitialMarginE8()).isEqualTo(e8("600"));
        assertThat(account.getMargin().getPositions(0).getLiquidationPriceE8()).isPositive();
        assertThat(account.getMargin().getPositions(0).getBankruptcyPriceE8()).isPositive();
        assertThat(account.getPricesList())
                .singleElement()
                .satisfies(
                        used -> {
                            assertThat(used.getInstrumentId()).isEqualTo(BTC);
                            assertThat(used.getUsable()).isTrue();
                            assertThat(used.getMarkPriceE8()).isEqualTo(e8("60000"));
                        });
    }

    @Test
    void anUnknownAccountIsNotFound() {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> account(id("never-seen")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(errorInfo(failure).getReason()).isEqualTo("UNKNOWN_ACCOUNT");
        assertThat(errorInfo(failure).getDomain()).isEqualTo("delever.io");
        assertThat(errorInfo(failure).getMetadataMap()).containsEntry("id", id("never-seen"));
    }

    @Test
    @Covers("JRNL-026")
    void accountsComeRiskiestFirstPageByPage() {
        for (int i = 0; i < 12; i++) {
            submit(deposit(id("ld" + i), id("l" + i), Integer.toString(400 + 10 * ((i * 7) % 12))));
            submit(fill(id("lf" + i), id("l" + i), "0.1", "60000"));
        }
        List<Account> all = new ArrayList<>();
        String token = "";
        do {
            ListAccountsResponse page =
                    margin.listAccounts(
                            ListAccountsRequest.newBuilder()
                                    .setOrder(AccountOrder.ACCOUNT_ORDER_RISKIEST_FIRST)
                                    .setPageSize(5)
                                    .setPageToken(token)
                                    .build());
            assertThat(page.getAccountsCount()).isLessThanOrEqualTo(5);
            all.addAll(page.getAccountsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(all).extracting(Account::getAccountId).doesNotHaveDuplicates();
        List<String> mine =
                all.stream().map(Account::getAccountId).filter(a -> a.startsWith(id("l"))).toList();
        assertThat(mine).hasSize(12);
        assertThat(
                        all.stream()
                                .filter(a -> mine.contains(a.getAccountId()))
                                .map(a -> a.getMargin().getEquityRatioPpm()))
                .isSorted();
        assertThat(all.stream().filter(a -> a.getMargin().hasEquityRatioPpm()).count())
                .as("those with a ratio stand first")
                .isEqualTo(all.stream().takeWhile(a -> a.getMargin().hasEquityRatioPpm()).count());
    }

    @Test
    void badReadsAreRefusedWithAReason() {
        assertInvalid(
                () ->
                        margin.listAccounts(
                                ListAccountsRequest.newBuilder().setPageSize(1_001).build()));
        assertInvalid(
                () ->
                        margin.listAccounts(
                                ListAccountsRequest.newBuilder().setPageToken("nonsense").build()));
        assertInvalid(() -> account("a/b"));
        assertInvalid(
                () ->
                        margin.listProfitablePositions(
                                ListProfitablePositionsRequest.newBuilder()
                                        .setInstrumentId(BTC)
                                        .build()));
        assertInvalid(
                () ->
                        margin.checkOrder(
                                CheckOrderRequest.newBuilder()
                                        .setAccountId("a")
                                        .setInstrumentId(BTC)
                                        .build()));
        assertInvalid(() -> margin.evaluateMargin(hypothesis("NONE", "60000")));
    }

    @Test
    void calculationsUseTheLivePricesOrTheAssumedOnes() {
        assertThat(margin.evaluateMargin(hypothesis(BTC, "")).getMargin().getState())
                .isEqualTo(RiskState.RISK_STATE_HEALTHY);
        assertThat(margin.evaluateMargin(hypothesis(BTC, "53000")).getMargin().getState())
                .isEqualTo(RiskState.RISK_STATE_LIQUIDATABLE);
        submit(deposit(id("d"), id("o"), "1000"));
        var verdict =
                margin.checkOrder(
                        CheckOrderRequest.newBuilder()
                                .setAccountId(id("o"))
                                .setInstrumentId(BTC)
                                .setSizeE8(e8("1"))
                                .setLimitPriceE8(e8("60000"))
                                .build());
        assertThat(verdict.getPasses()).isFalse();
        assertThat(verdict.getRejected().getReason())
                .isEqualTo(RejectionReason.REJECTION_REASON_INSUFFICIENT_MARGIN);
        assertThat(verdict.getLargestPassingSizeE8()).isBetween(e8("0.1"), e8("0.166"));
    }

    @Test
    void theProfitableAreListedByProfitOverAllShards() {
        for (int i = 0; i < 6; i++) {
            submit(deposit(id("pd" + i), id("p" + i), "10000"));
            submit(fill(id("pf" + i), id("p" + i), "0.1", Integer.toString(50_000 + i * 1_000)));
        }
        var positions =
                margin
                        .listProfitablePositions(
                                ListProfitablePositionsRequest.newBuilder()
                                        .setInstrumentId(BTC)
                                        .setSide(PositionSide.POSITION_SIDE_LONG)
                                        .build())
                        .getPositionsList()
                        .stream()
                        .filter(p -> p.getAccountId().startsWith(id("p")))
                        .toList();

        assertThat(positions)
                .extracting(p -> p.getAccountId())
                .containsExactly(id("p0"), id("p1"), id("p2"), id("p3"), id("p4"), id("p5"));
        assertThat(positions.getFirst().getUnrealizedPnlE8()).isEqualTo(e8("1000"));
    }
}
