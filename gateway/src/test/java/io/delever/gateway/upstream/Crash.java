package io.delever.gateway.upstream;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseOutcome;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import java.util.List;

/**
 * A market that falls, as the services would tell it: deterministic, one step after the other. It
 * is a story for the page to show, not a calculation: no rule is applied here.
 */
public final class Crash {
    private static final long ONE = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MAINTENANCE = 1_250 * ONE;
    private static final List<String> INSTRUMENTS =
            List.of("BTC-PERP", "ETH-PERP", "SOL-PERP", "DOGE-PERP", "AAVE-PERP", "HYPE-PERP");
    private static final long[] START = {
        12_163_075_000_000L,
        437_211_000_000L,
        22_148_000_000L,
        24_890_000L,
        27_914_000_000L,
        4_521_300_000L
    };

    private final TestUpstreams upstreams;
    private final long startNanos;

    /** Tells the story to these services, from this time on. */
    public Crash(TestUpstreams upstreams, long startNanos) {
        this.upstreams = upstreams;
        this.startNanos = startNanos;
    }

    /** One step: two seconds of the market. */
    public void step(int n) {
        long now = startNanos + n * 2L * SECOND;
        prices(n, now);
        accounts(n, now);
        cases(n, now);
        if (n == 0) {
            upstreams.fund().book("contribution", 250_000 * ONE, "", now);
        }
        if (n % 3 == 0) {
            long points = Math.max(7, 52 - n / 2);
            upstreams
                    .sentiment()
                    .publish(
                            TestSentiment.score("", points, now),
                            TestSentiment.score("BTC-PERP", Math.min(100, points + 4), now));
        }
    }

    private static long fallPpm(int n) {
        long wave = (n * 7_919L % 13 - 6) * 900;
        return Math.min(165_000, 1_500L * n) + wave;
    }

    private void prices(int n, long now) {
        for (int i = 0; i < START.length; i++) {
            String id = INSTRUMENTS.get(i);
            long mark = START[i] / 1_000_000 * (1_000_000 - fallPpm(n + i) * (i + 2) / 2);
            switch (i) {
                case 3 -> upstreams.prices().publish(TestPrices.degraded(id, mark, now));
                case 4 -> {
                    if (n < 20) {
                        upstreams.prices().publish(TestPrices.fresh(id, mark, now));
                    } else if (n == 20) {
                        upstreams.prices().publish(TestPrices.stale(id, mark, now));
                    }
                }
                case 5 -> {
                    if (n == 0) {
                        upstreams.prices().publish(TestPrices.missing(id, now));
                    }
                }
                default -> upstreams.prices().publish(TestPrices.fresh(id, mark, now));
            }
        }
    }

    private void accounts(int n, long now) {
        for (int i = 0; i < 40; i++) {
            long ratio = Math.max(310_000, 1_000_000 + 75_000L * i - 22_000L * n + 600_000);
            RiskState state =
                    ratio < 400_000
                            ? RiskState.RISK_STATE_BANKRUPT
                            : ratio < 1_000_000
                                    ? RiskState.RISK_STATE_LIQUIDATABLE
                                    : ratio < 1_200_000
                                            ? RiskState.RISK_STATE_MARGIN_CALL
                                            : RiskState.RISK_STATE_HEALTHY;
            String id = "acc-%04d".formatted(i * 37 + 11);
            Account before = upstreams.margin().accounts.get(id);
            upstreams.margin().put(account(id, state, ratio));
            if (before != null && before.getMargin().getState() != state) {
                upstreams
                        .margin()
                        .publish(
                                RiskEvent.newBuilder()
                                        .setAccountId(id)
                                        .setPrevious(before.getMargin().getState())
                                        .setCurrent(state)
                                        .setEquityE8(MAINTENANCE / 1_000_000 * ratio)
                                        .setAdjustedEquityE8(MAINTENANCE / 1_000_000 * ratio)
                                        .setMaintenanceMarginE8(MAINTENANCE)
                                        .setEventTimeNanos(now)
                                        .build());
            }
        }
        upstreams
                .margin()
                .put(
                        Account.newBuilder()
                                .setAccountId("acc-frozen")
                                .setMargin(
                                        AccountMargin.newBuilder()
                                                .setState(RiskState.RISK_STATE_PRICE_UNAVAILABLE)
                                                .addUnpricedInstrumentIds("AAVE-PERP"))
                                .build());
    }

    private static Account account(String id, RiskState state, long ratio) {
        long equity = MAINTENANCE / 1_000_000 * ratio;
        return Account.newBuilder()
                .setAccountId(id)
                .addBalances(Balance.newBuilder().setAssetId("USD").setAmountE8(20_000 * ONE))
                .setMargin(
                        AccountMargin.newBuilder()
                                .setState(state)
                                .setEquityE8(equity)
                                .setAdjustedEquityE8(equity)
                                .setInitialMarginE8(2 * MAINTENANCE)
                                .setMaintenanceMarginE8(MAINTENANCE)
                                .setFreeCollateralE8(Math.max(0, equity - 2 * MAINTENANCE))
                                .setEquityRatioPpm(ratio)
                                .setNotionalE8(250_000 * ONE)
                                .setUnrealizedPnlE8(equity - 20_000 * ONE)
                                .addPositions(
                                        PositionMargin.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .setSizeE8(2 * ONE + 5_500_000)
                                                .setEntryCostE8(250_000 * ONE)
                                                .setEntryPriceE8(121_630 * ONE + 75_000_000)
                                                .setMarkPriceE8(118_020 * ONE)
                                                .setNotionalE8(250_000 * ONE)
                                                .setUnrealizedPnlE8(equity - 20_000 * ONE)
                                                .setInitialMarginE8(2 * MAINTENANCE)
                                                .setMaintenanceMarginE8(MAINTENANCE)
                                                .setLiquidationPriceE8(117_210 * ONE)
                                                .setBankruptcyPriceE8(116_630 * ONE)
                                                .setLeveragePpm(20_000_000)))
                .setShard(1)
                .setSequence(17)
                .build();
    }

    private void cases(int n, long now) {
        for (int k = 0; k < 30; k++) {
            int age = n - 12 - 2 * k;
            if (age >= 0 && age <= 5) {
                Case c = caseAt(k, age, now, now - age * 2L * SECOND);
                upstreams.liquidation().publish(c);
                if (age == 5) {
                    upstreams.fund().book("fee", c.getFeeE8(), c.getCaseId(), now);
                    if (c.getFundPaidE8() > 0) {
                        upstreams.fund().book("payment", c.getFundPaidE8(), c.getCaseId(), now);
                    }
                }
            }
        }
    }

    private static Case caseAt(int k, int age, long now, long opened) {
        boolean bankrupt = k % 3 == 2;
        boolean adl = k % 9 == 8;
        CaseState state =
                switch (age) {
                    case 0 -> CaseState.CASE_STATE_OPEN;
                    case 1, 2 -> CaseState.CASE_STATE_REDUCING;
                    case 3 ->
                            adl ? CaseState.CASE_STATE_DELEVERAGING : CaseState.CASE_STATE_REDUCING;
                    case 4 ->
                            bankrupt
                                    ? CaseState.CASE_STATE_COVERING
                                    : CaseState.CASE_STATE_REDUCING;
                    default -> CaseState.CASE_STATE_CLOSED;
                };
        Case.Builder c =
                Case.newBuilder()
                        .setCaseId("case-%03d".formatted(k + 1))
                        .setAccountId("acc-%04d".formatted(k * 37 + 11))
                        .setState(state)
                        .setOpenedAtNanos(opened)
                        .setUpdatedAtNanos(now)
                        .setEquityAtOpenE8(bankrupt ? -310 * ONE - 25_000_000 : 1_190 * ONE)
                        .setMaintenanceMarginAtOpenE8(MAINTENANCE);
        if (state == CaseState.CASE_STATE_CLOSED) {
            c.setOutcome(
                    bankrupt
                            ? CaseOutcome.CASE_OUTCOME_COVERED_BY_FUND
                            : CaseOutcome.CASE_OUTCOME_RECOVERED);
        }
        for (int i = 1; i <= Math.min(age, 3); i++) {
            CaseStep step = order(c.getCaseId(), i, age > i, opened + i * 2L * SECOND, k);
            c.addSteps(step);
            for (CaseFill fill : step.getFillsList()) {
                c.setClosedNotionalE8(
                        c.getClosedNotionalE8()
                                + -fill.getSizeE8() / 1_000 * fill.getPriceE8() / 100_000);
                c.setFeeE8(c.getFeeE8() + fill.getFeeE8());
            }
        }
        if (adl && age >= 3) {
            c.addSteps(adl(opened + 7 * SECOND)).setAdlNotionalE8(35_130 * ONE);
        }
        if (bankrupt && age >= 4) {
            c.addSteps(draw(c.getStepsCount() + 1, age > 4, opened + 8 * SECOND))
                    .setFundPaidE8(4_210 * ONE + 12_345_678);
        }
        return c.build();
    }

    private static CaseStep order(String caseId, int number, boolean finished, long at, int k) {
        long mark = (112_400 - 90L * number - 120L * k) * ONE;
        CaseStep.Builder step =
                CaseStep.newBuilder()
                        .setNumber(number)
                        .setKind(StepKind.STEP_KIND_ORDER)
                        .setInstrumentId("BTC-PERP")
                        .setSizeE8(-50_000_000L)
                        .setPriceE8(mark - 450 * ONE)
                        .setMarkPriceE8(mark)
                        .setClientOrderId(caseId + ":" + number)
                        .setPlannedAtNanos(at)
                        .setExplanation(
                                "adjusted equity 1190 is below maintenance margin 1250. Closing 0.5"
                                    + " of the BTC-PERP long, the position with the greatest margin"
                                    + " need, restores the target of 1.2; the limit is the"
                                    + " bankruptcy price rounded up to a tick.");
        if (finished) {
            step.setFinished(true).setFinishedAtNanos(at + SECOND);
            for (int i = 0; i < 2; i++) {
                step.addFills(
                        CaseFill.newBuilder()
                                .setFillId(caseId + "-f" + number + i)
                                .setSizeE8(-25_000_000L)
                                .setPriceE8(mark - (40 + 60L * i) * ONE)
                                .setFeeE8(140 * ONE + 50_000_000L * i)
                                .setBooked(true));
            }
        }
        return step.build();
    }

    private static CaseStep adl(long at) {
        return CaseStep.newBuilder()
                .setNumber(4)
                .setKind(StepKind.STEP_KIND_ADL)
                .setInstrumentId("BTC-PERP")
                .setSizeE8(-30_000_000L)
                .setPriceE8(117_100 * ONE)
                .setMarkPriceE8(111_900 * ONE)
                .addFills(
                        CaseFill.newBuilder()
                                .setFillId("adl-1")
                                .setSizeE8(-30_000_000L)
                                .setPriceE8(117_100 * ONE)
                                .setCounterpartyAccountId("winner-1")
                                .setBooked(true))
                .setFinished(true)
                .setPlannedAtNanos(at)
                .setFinishedAtNanos(at + SECOND)
                .setExplanation(
                        "the venue took nothing at the limit and the fund cannot pay 4910; 0.3 is"
                            + " closed against the most profitable shorts at the bankruptcy price.")
                .build();
    }

    private static CaseStep draw(int number, boolean finished, long at) {
        return CaseStep.newBuilder()
                .setNumber(number)
                .setKind(StepKind.STEP_KIND_FUND_DRAW)
                .setAssetId("USD")
                .setAmountE8(4_210 * ONE + 12_345_678)
                .setFinished(finished)
                .setPlannedAtNanos(at)
                .setExplanation(
                        "no position is left and the account owes 4210.12345678 USD; the fund pays"
                                + " it.")
                .build();
    }
}
