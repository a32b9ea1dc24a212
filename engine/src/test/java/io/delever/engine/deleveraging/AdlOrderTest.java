package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Position;
import io.delever.engine.deleveraging.AdlOrder.Outlook;
import io.delever.engine.deleveraging.AdlOrder.Standing;
import io.delever.engine.deleveraging.AdlOrder.View;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdlOrderTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final Outlook TENTH_AT_ONE_PERCENT =
            new Outlook(Rate.parse("0.1"), Rate.parse("0.01"));

    private static AdlCandidate winner(
            String id, String size, String profit, String equity, String other) {
        return new AdlCandidate(
                new AccountId(id),
                Quantity.parse(size),
                Money.parse(profit),
                Money.parse(equity),
                Money.parse(other));
    }

    /** Rich has the most profit, bold the highest leverage, keen the most profit for its equity. */
    private static final List<AdlCandidate> FOUR =
            List.of(
                    winner("rich", "-1", "900", "10000", "0"),
                    winner("bold", "-9", "20", "50", "800"),
                    winner("keen", "-1", "90", "100", "0"),
                    winner("other-side", "5", "900", "10", "0"));

    private static AdlRequest sellAt90() {
        return new AdlRequest(
                BTC,
                Quantity.parse("-1"),
                new AdlRequest.Prices(Price.parse("91"), Price.parse("90")),
                Quantity.parse("0.001"),
                AdlRequest.Limits.FULL);
    }

    private static List<String> foremost(AdlPolicy policy, int limit) {
        return AdlOrder.foremost(policy, sellAt90(), FOUR, limit).stream()
                .map(c -> c.account().value())
                .toList();
    }

    @Test
    @Covers("ADLQ-050")
    void aRoundAsksThoseThatItsPolicyAsksFirst() {
        assertThat(foremost(AdlPolicy.QUEUE, 9)).containsExactly("keen", "bold", "rich");
        assertThat(foremost(AdlPolicy.PRO_RATA, 9)).containsExactly("rich", "keen", "bold");
        assertThat(foremost(AdlPolicy.CAPPED_PRO_RATA, 1)).containsExactly("rich");
        assertThat(foremost(AdlPolicy.RISK_AWARE_PRO_RATA, 2)).containsExactly("bold", "keen");
        assertThat(foremost(AdlPolicy.MINIMAX_LEVERAGE, 1)).containsExactly("bold");
        // Bold holds 810 of this and 800 of the other side: 10 net on 50 is less than 90 on 100.
        assertThat(foremost(AdlPolicy.MINIMAX_FACTOR_LEVERAGE, 2)).containsExactly("keen", "bold");
        assertThat(foremost(AdlPolicy.QUEUE, 0)).isEmpty();
    }

    private static ProfitablePosition shortOf(
            String id, String size, String profit, String equity) {
        Quantity held = Quantity.parse(size);
        return new ProfitablePosition(
                new AccountId(id),
                Position.opened(BTC, held, Price.parse("100")),
                Money.parse(profit),
                Money.parse(equity),
                Price.parse("90").times(held.abs(), Rounding.CEILING),
                Money.ZERO);
    }

    private static final List<ProfitablePosition> SHORTS =
            List.of(
                    shortOf("a", "-1", "10", "1000"),
                    shortOf("b", "-10", "100", "200"),
                    shortOf("c", "-9", "90", "900"));

    private static List<Standing> standings(AdlPolicy policy, Outlook outlook) {
        return AdlOrder.standings(
                new View(BTC, policy, AdlRequest.Limits.FULL, outlook), false, SHORTS);
    }

    @Test
    @Covers({"ADLQ-051", "ADLQ-052"})
    void everyAccountSeesItsRankPercentileAndExpectedHaircut() {
        List<Standing> queue = standings(AdlPolicy.QUEUE, TENTH_AT_ONE_PERCENT);
        assertThat(queue)
                .extracting(s -> s.rank() + " " + s.candidate().account())
                .containsExactly("1 b", "2 c", "3 a");
        assertThat(queue)
                .extracting(Standing::percentile)
                .containsExactly(Rate.parse("0.5"), Rate.parse("0.95"), Rate.ONE);
        assertThat(queue).extracting(Standing::topTenth).containsExactly(true, false, false);
        // A tenth of 20 is 2, at 0.9 beyond mark for each.
        assertThat(queue)
                .extracting(Standing::expectedHaircut)
                .containsExactly(Money.parse("1.8"), Money.ZERO, Money.ZERO);
        List<Standing> shared = standings(AdlPolicy.CAPPED_PRO_RATA, TENTH_AT_ONE_PERCENT);
        assertThat(shared)
                .extracting(s -> s.candidate().account() + " " + s.expectedHaircut())
                .containsExactly("b 0.9", "c 0.81", "a 0.09");
    }

    @Test
    @Covers("ADLQ-051")
    void whereLeverageDecidesItRanks() {
        assertThat(standings(AdlPolicy.MINIMAX_LEVERAGE, TENTH_AT_ONE_PERCENT))
                .extracting(s -> s.candidate().account().value())
                .containsExactly("b", "c", "a");
        assertThat(standings(AdlPolicy.RISK_AWARE_PRO_RATA, TENTH_AT_ONE_PERCENT))
                .extracting(s -> s.candidate().account().value())
                .containsExactly("b", "c", "a");
        assertThat(standings(AdlPolicy.MINIMAX_FACTOR_LEVERAGE, TENTH_AT_ONE_PERCENT))
                .extracting(Standing::rank)
                .containsExactly(1, 2, 3);
    }

    @Test
    @Covers("ADLQ-053")
    void anImaginedRoundIsComparedForEveryPolicy() {
        View view = new View(BTC, AdlPolicy.QUEUE, AdlRequest.Limits.FULL, TENTH_AT_ONE_PERCENT);
        AdlOrder.WhatIf whatIf =
                new AdlOrder.WhatIf(Quantity.parse("4"), Rate.parse("0.02"), Rate.parse("0.1"));
        List<AdlOutcome> outcomes = AdlOrder.compare(view, false, SHORTS, whatIf);
        assertThat(outcomes).extracting(AdlOutcome::policy).containsExactly(AdlPolicy.values());
        // 4 at 1.8 beyond a mark of 90.
        assertThat(outcomes)
                .allSatisfy(o -> assertThat(o.budget()).isEqualTo(Money.parse("7.2")))
                .allSatisfy(o -> assertThat(o.missing()).isEqualTo(Money.ZERO))
                .allSatisfy(o -> assertThat(o.effects().negativeAfter()).isZero());
        assertThat(outcomes.getFirst().winners()).isEqualTo(1);
        assertThat(AdlOrder.compare(view, true, List.of(), whatIf)).isEmpty();
        assertThatThrownBy(() -> new AdlOrder.WhatIf(Quantity.ZERO, Rate.ZERO, Rate.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdlOrder.WhatIf(new Quantity(1), Rate.ONE, Rate.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("ADLQ-052")
    void theOutlookIsBoundedAndMayBeNothing() {
        Outlook nothing = new Outlook(Rate.ZERO, Rate.ZERO);
        assertThat(standings(AdlPolicy.QUEUE, nothing))
                .extracting(Standing::expectedHaircut)
                .containsOnly(Money.ZERO);
        assertThat(
                        AdlOrder.standings(
                                new View(
                                        BTC,
                                        AdlPolicy.QUEUE,
                                        AdlRequest.Limits.FULL,
                                        TENTH_AT_ONE_PERCENT),
                                true,
                                List.of()))
                .isEmpty();
        assertThatThrownBy(() -> new Outlook(new Rate(1_000_001), Rate.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Outlook(Rate.ONE, Rate.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new CaseDeleveraging.Terms(
                                        AdlPolicy.QUEUE, AdlRequest.Limits.FULL, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
