package io.delever.engine.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.liquidation.FundCommand.Contribute;
import io.delever.engine.liquidation.FundCommand.CreditFee;
import io.delever.engine.liquidation.FundCommand.Draw;
import io.delever.engine.liquidation.FundCommand.Release;
import io.delever.engine.liquidation.FundCommand.Reserve;
import io.delever.engine.liquidation.FundReply.Done;
import io.delever.engine.liquidation.FundReply.Reason;
import io.delever.engine.liquidation.FundReply.Refused;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InsuranceFundTest {
    private static final AssetId USDC = new AssetId("USDC");
    private static final AssetId EURC = new AssetId("EURC");

    private final List<FundEvent> log = new ArrayList<>();
    private final InsuranceFund fund = new InsuranceFund(Map.of(USDC, Money.parse("100")));

    private FundReply send(FundCommand command) {
        FundDecision decision = fund.decide(command);
        decision.events().forEach(fund::apply);
        log.addAll(decision.events());
        return decision.reply();
    }

    private FundReply contribute(String id, String amount) {
        return send(new Contribute(id, USDC, Money.parse(amount), 1));
    }

    private FundReply draw(String id, String amount, String reservation) {
        Optional<String> held = reservation.isEmpty() ? Optional.empty() : Optional.of(reservation);
        return send(new Draw(id, USDC, Money.parse(amount), "case-1", held, 2));
    }

    private static Done done(String amount) {
        return new Done(Money.parse(amount));
    }

    private String available() {
        return fund.balance(USDC).available().toString();
    }

    @Test
    @Covers({"FUND-001", "FUND-002"})
    void everyEntryMovesTheSameAmountBetweenTwoLedgerAccounts() {
        contribute("c1", "1000");
        send(new CreditFee("f1", USDC, Money.parse("2.5"), "case-1", 2));
        draw("d1", "40", "");

        assertThat(fund.entries())
                .extracting(e -> e.debit() + "<-" + e.credit() + " " + e.amount())
                .containsExactly(
                        "FUND_CASH<-CAPITAL 1000",
                        "FUND_CASH<-FEE_INCOME 2.5",
                        "DEFICITS_PAID<-FUND_CASH 40");
        FundBalance figures = fund.balance(USDC);
        assertThat(figures.balance()).isEqualTo(Money.parse("962.5"));
        assertThat(figures.contributions().plus(figures.fees()).minus(figures.paid()))
                .isEqualTo(figures.balance());
        assertThat(fund.verify()).isEmpty();
        assertThat(fund.balance(EURC).balance()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("FUND-001")
    void anEntryWithOneLedgerAccountOnBothSidesDoesNotExist() {
        assertThatThrownBy(
                        () ->
                                new LedgerEntry(
                                        "x",
                                        LedgerAccount.CAPITAL,
                                        LedgerAccount.CAPITAL,
                                        USDC,
                                        Money.parse("1"),
                                        "",
                                        0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry x");
    }

    @Test
    @Covers({"FUND-003", "FUND-004"})
    void aDrawPaysWhatIsAboveTheFloorAndNoMore() {
        contribute("c1", "150");
        assertThat(draw("d1", "30", "")).isEqualTo(done("30"));
        assertThat(draw("d2", "30", "")).isEqualTo(done("20"));
        assertThat(fund.balance(USDC).balance()).isEqualTo(Money.parse("100"));
        assertThat(draw("d3", "0.00000001", ""))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(Reason.NOTHING_AVAILABLE);
                            assertThat(refused.detail()).contains("d3", "balance 100", "floor 100");
                        });
    }

    @Test
    @Covers({"FUND-005", "FUND-003"})
    void whatIsReservedForOneOrderIsNotPaidToAnother() {
        contribute("c1", "150");
        assertThat(send(new Reserve("r1", USDC, Money.parse("30")))).isEqualTo(done("30"));
        assertThat(send(new Reserve("r2", USDC, Money.parse("30")))).isEqualTo(done("20"));
        assertThat(send(new Reserve("r3", USDC, Money.parse("1")))).isInstanceOf(Refused.class);
        assertThat(draw("d1", "1", "")).isInstanceOf(Refused.class);
        assertThat(send(new Release("r2"))).isEqualTo(done("20"));
        assertThat(draw("d2", "25", "")).isEqualTo(done("20"));
        assertThat(fund.balance(USDC).reserved()).isEqualTo(Money.parse("30"));
    }

    @Test
    @Covers("FUND-006")
    void aDrawOnAReservationSetsTheRestFree() {
        contribute("c1", "150");
        send(new Reserve("r1", USDC, Money.parse("30")));
        assertThat(draw("d1", "12", "r1")).isEqualTo(done("12"));
        assertThat(fund.reservation("r1")).isEmpty();
        assertThat(available()).isEqualTo("38");
        assertThat(send(new Release("r1"))).isEqualTo(done("0"));
    }

    @Test
    @Covers("FUND-007")
    void aRepeatedIdGetsItsFirstAnswer() {
        assertThat(contribute("c1", "150")).isEqualTo(done("150"));
        assertThat(contribute("c1", "999")).isEqualTo(done("150"));
        send(new Reserve("r1", USDC, Money.parse("10")));
        assertThat(send(new Reserve("r1", USDC, Money.parse("10")))).isEqualTo(done("10"));
        assertThat(draw("d1", "5", "r1")).isEqualTo(done("5"));
        assertThat(draw("d1", "5", "r1")).isEqualTo(done("5"));
        assertThat(fund.balance(USDC).balance()).isEqualTo(Money.parse("145"));
        assertThat(fund.balance(USDC).reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("FUND-009")
    void amountsOutOfRangeAreRefusedWithTheirIdValueAndLimit() {
        assertThat(contribute("c0", "0"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.reason()).isEqualTo(Reason.NON_POSITIVE_AMOUNT));
        assertThat(draw("d0", "-1", "")).isInstanceOf(Refused.class);
        assertThat(send(new Reserve("r0", USDC, Money.parse("-1")))).isInstanceOf(Refused.class);
        contribute("c1", "1");
        assertThat(send(new Contribute("c2", USDC, new Money(Long.MAX_VALUE), 1)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> {
                            assertThat(r.reason()).isEqualTo(Reason.AMOUNT_TOO_LARGE);
                            assertThat(r.detail())
                                    .contains("c2", new Money(Long.MAX_VALUE).toString());
                        });
        assertThatThrownBy(() -> new InsuranceFund(Map.of(USDC, Money.parse("-1"))))
                .hasMessageContaining("-1");
    }

    @Test
    @Covers({"FUND-002", "FUND-004", "FUND-005", "FUND-008"})
    void randomHistoriesBalanceAndReplay() {
        SplittableRandom random = new SplittableRandom(20251010);
        for (int i = 0; i < 20_000; i++) {
            Money amount = new Money(random.nextLong(-10, 5_000_000_000L));
            String id = "id" + random.nextInt(15_000);
            String held = "r" + random.nextInt(50);
            send(
                    switch (random.nextInt(5)) {
                        case 0 -> new Contribute("c" + id, USDC, amount, i);
                        case 1 -> new CreditFee("f" + id, USDC, amount, "case", i);
                        case 2 -> new Reserve(held + "-" + id, USDC, amount);
                        case 3 -> new Release(held + "-" + id);
                        default ->
                                new Draw(
                                        "d" + id,
                                        USDC,
                                        amount.plus(amount),
                                        "case",
                                        Optional.of(held + "-" + id),
                                        i);
                    });
            FundBalance now = fund.balance(USDC);
            assertThat(now.balance().signum()).isNotNegative();
            assertThat(now.reserved().signum()).isNotNegative();
            if (now.paid().signum() > 0) {
                assertThat(now.balance()).isGreaterThanOrEqualTo(now.floor());
                assertThat(now.balance().minus(now.floor())).isGreaterThanOrEqualTo(now.reserved());
            }
        }
        assertThat(fund.verify()).isEmpty();
        InsuranceFund replayed = new InsuranceFund(Map.of(USDC, Money.parse("100")));
        log.forEach(replayed::apply);
        assertThat(replayed.balances()).isEqualTo(fund.balances());
        assertThat(replayed.entries()).isEqualTo(fund.entries());
        for (int i = 0; i < 15_000; i++) {
            FundCommand again = new Contribute("cid" + i, USDC, Money.parse("1"), 0);
            assertThat(replayed.decide(again).reply()).isEqualTo(fund.decide(again).reply());
        }
    }
}
