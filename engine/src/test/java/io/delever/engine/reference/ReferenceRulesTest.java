package io.delever.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.OpenInterest;
import io.delever.engine.account.Position;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlQueue;
import io.delever.engine.deleveraging.DeleveragingTrigger;
import io.delever.engine.liquidation.MarginShortage;
import io.delever.engine.liquidation.OrderPlan;
import io.delever.engine.margin.EntryValueMargin;
import io.delever.engine.margin.ProportionalMargin;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.PriceAverages;
import io.delever.engine.pricing.PriceAverages.PricePoint;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReferenceRulesTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");

    @Test
    @Covers("ACCT-060")
    void openInterestIsSummedBySide() {
        OpenInterest interest =
                OpenInterest.of(
                        List.of(
                                Quantity.parse("1.5"),
                                Quantity.parse("-4"),
                                Quantity.ZERO,
                                Quantity.parse("0.25")));
        assertThat(interest.longs()).isEqualTo(Quantity.parse("1.75"));
        assertThat(interest.shorts()).isEqualTo(Quantity.parse("4"));
        assertThat(interest.longNotional(Price.parse("2"))).isEqualTo(Money.parse("3.5"));
        assertThat(interest.totalNotional(Price.parse("2"))).isEqualTo(Money.parse("11.5"));
        assertThatThrownBy(() -> new OpenInterest(new Quantity(-1), Quantity.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("MARG-060")
    void maintenanceIsAShareOfTheRoundedInitialMargin() {
        ProportionalMargin margin =
                ProportionalMargin.of(new Money(21), new Rate(50_000), new Rate(500_000));
        // 1.05 up to 2, half of 2 is 1; half of 1.05 would have been 0.525, also 1.
        assertThat(margin).isEqualTo(new ProportionalMargin(new Money(2), new Money(1)));
        assertThat(ProportionalMargin.of(new Money(41), new Rate(50_000), new Rate(500_000)))
                .isEqualTo(new ProportionalMargin(new Money(3), new Money(2)));
        assertThatThrownBy(() -> ProportionalMargin.of(new Money(-1), Rate.ONE, Rate.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProportionalMargin.of(Money.ZERO, Rate.ONE, new Rate(1_000_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("MARG-061")
    void entryValueLiquidationPriceIsTheBorder() {
        Position longOne = Position.opened(BTC, Quantity.parse("3"), Price.parse("10"));
        Position shortOne = Position.opened(BTC, Quantity.parse("-3"), Price.parse("10"));
        Rate rate = new Rate(10_000);
        assertThat(EntryValueMargin.liquidationPrice(longOne, Money.parse("6"), rate))
                .contains(Price.parse("8.1"));
        assertThat(EntryValueMargin.liquidationPrice(shortOne, Money.parse("6"), rate))
                .contains(Price.parse("11.9"));
        assertThat(EntryValueMargin.liquidationPrice(longOne, Money.parse("5"), rate))
                .contains(Price.parse("8.43333334"));
        assertThat(EntryValueMargin.liquidationPrice(shortOne, Money.parse("5"), rate))
                .contains(Price.parse("11.56666666"));
        assertThat(EntryValueMargin.liquidationPrice(longOne, Money.parse("31"), rate)).isEmpty();
    }

    @Test
    @Covers("PRIC-046")
    void aPeriodMayStartBetweenTwoPoints() {
        List<PricePoint> points =
                List.of(
                        new PricePoint(0, Price.parse("100")),
                        new PricePoint(30, Price.parse("120")),
                        new PricePoint(45, Price.parse("150")));
        assertThat(PriceAverages.timeWeighted(points, 0, 60)).contains(Price.parse("117.5"));
        assertThat(PriceAverages.timeWeighted(points, 40, 60)).contains(Price.parse("142.5"));
        assertThat(PriceAverages.timeWeighted(points, 50, 60)).contains(Price.parse("150"));
        assertThat(PriceAverages.timeWeighted(points, -1, 60)).isEmpty();
        assertThat(PriceAverages.timeWeighted(List.of(), 0, 60)).isEmpty();
    }

    @Test
    @Covers("LIQD-080")
    void aFillPaysOrCostsTheFundByItsSide() {
        for (String size : List.of("-0.1", "0.1")) {
            boolean sell = size.startsWith("-");
            OrderPlan plan = plan(size, "51000");
            Quantity filled = Quantity.parse("0.1");
            Price better = Price.parse(sell ? "51010" : "50990");
            Price worse = Price.parse(sell ? "50000" : "52000");
            assertThat(plan.fundDeltaOf(filled, better)).isEqualTo(Money.parse("1"));
            assertThat(plan.fundDeltaOf(filled, worse)).isEqualTo(Money.parse("-100"));
            assertThat(plan.fundDeltaOf(filled, Price.parse("51000"))).isEqualTo(Money.ZERO);
            Price far = Price.parse(sell ? "60000" : "42000");
            Money fee =
                    far.times(filled, Rounding.CEILING)
                            .times(plan.liquidationFee(), Rounding.CEILING);
            assertThat(plan.fundDeltaOf(filled, far)).isEqualTo(fee);
        }
    }

    @Test
    @Covers("LIQD-081")
    void theSizeCoversTheShortageAndOneUnitLessDoesNot() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2_000; i++) {
            Money shortage = new Money(1 + random.nextLong(1_000_000_000_000L));
            Price price = new Price(1_000_000 + random.nextLong(10_000_000_000_000L));
            Rate fees = new Rate(random.nextLong(50_000));
            Rate rate = new Rate(fees.ppm() + 1 + random.nextLong(100_000));
            Rate net = new Rate(rate.ppm() - fees.ppm());
            Quantity size = MarginShortage.sizeToCover(shortage, price, rate, fees).orElseThrow();
            Money released = price.times(size, Rounding.CEILING).times(net, Rounding.CEILING);
            assertThat(released).as("case %d", i).isGreaterThanOrEqualTo(shortage);
            Quantity less = new Quantity(Math.max(0, size.e8() - 2));
            Money tooLittle = price.times(less, Rounding.FLOOR).times(net, Rounding.FLOOR);
            assertThat(tooLittle).as("case %d", i).isLessThan(shortage);
        }
        Rate rate = new Rate(20_000);
        assertThat(MarginShortage.sizeToCover(Money.parse("1"), Price.parse("1"), rate, rate))
                .isEmpty();
        assertThatThrownBy(
                        () ->
                                MarginShortage.sizeToCover(
                                        new Money(-1), Price.parse("1"), rate, Rate.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("ADLQ-020")
    void percentilesAreFifthsOfTheSize() {
        List<AdlCandidate> queue =
                List.of(
                        candidate("a", "10"),
                        candidate("b", "-20"),
                        candidate("c", "30"),
                        candidate("d", "10"),
                        candidate("e", "10"),
                        candidate("f", "20"));
        assertThat(AdlQueue.percentiles(queue)).containsExactly(20, 40, 60, 80, 80, 100);
        assertThat(AdlQueue.percentiles(List.of())).isEmpty();
    }

    @Test
    @Covers("ADLQ-021")
    void whoMayBeDeleveragedAtWhichPrice() {
        for (RiskState state : RiskState.values()) {
            boolean bankrupt = state == RiskState.BANKRUPT;
            boolean unpriced = state == RiskState.PRICE_UNAVAILABLE;
            assertThat(DeleveragingTrigger.of(state, false))
                    .isEqualTo(
                            bankrupt
                                    ? DeleveragingTrigger.AT_BANKRUPTCY_PRICE
                                    : DeleveragingTrigger.NONE);
            DeleveragingTrigger settled = DeleveragingTrigger.of(state, true);
            if (bankrupt) {
                assertThat(settled).isEqualTo(DeleveragingTrigger.AT_BANKRUPTCY_PRICE);
            } else {
                assertThat(settled)
                        .isEqualTo(
                                unpriced
                                        ? DeleveragingTrigger.NONE
                                        : DeleveragingTrigger.AT_INDEX_PRICE);
            }
        }
    }

    private static OrderPlan plan(String size, String bankruptcy) {
        return new OrderPlan(
                BTC,
                new AssetId("USD"),
                Quantity.parse(size),
                Price.parse(bankruptcy),
                Price.parse(bankruptcy),
                Optional.of(Price.parse(bankruptcy)),
                new Rate(5_000),
                Money.ZERO);
    }

    private static AdlCandidate candidate(String id, String size) {
        return new AdlCandidate(
                new AccountId(id), Quantity.parse(size), Money.parse("1"), Money.parse("1"));
    }
}
