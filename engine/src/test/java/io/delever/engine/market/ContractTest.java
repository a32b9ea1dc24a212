package io.delever.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.market.CollateralTerms.HaircutTier;
import io.delever.engine.market.CollateralTerms.Peg;
import io.delever.engine.market.Contract.Payoff;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final AssetId USD = new AssetId("USD");
    private static final AssetId BTC = new AssetId("BTC");
    private static final InstrumentId ID = new InstrumentId("BTC-X");

    @Test
    @Covers({"MKTS-010", "MARG-100"})
    void aLinearContractIsWorthItsUnits() {
        Contract thousand = contract(Payoff.LINEAR, "1000");
        Price price = Price.parse("0.00001234");
        assertThat(thousand.value(Quantity.parse("-3"), price, Rounding.FLOOR))
                .isEqualTo(Money.parse("-0.03702"));
        assertThat(thousand.notional(Quantity.parse("-3"), price))
                .isEqualTo(Money.parse("0.03702"));
        assertThat(thousand.priceOf(Quantity.parse("-3"), Money.parse("-0.03702"))).contains(price);
        assertThat(thousand.priceOf(Quantity.parse("3"), Money.parse("-1"))).isEmpty();
    }

    @Test
    @Covers({"MKTS-010", "MARG-100"})
    void anInverseContractIsWorthMinusItsFaceInBase() {
        Contract hundred = contract(Payoff.INVERSE, "100");
        Quantity longs = Quantity.parse("3");
        Price price = Price.parse("7000");
        // 300 / 7000 = 0.042857142857...
        assertThat(hundred.value(longs, price, Rounding.FLOOR))
                .isEqualTo(Money.parse("-0.04285715"));
        assertThat(hundred.value(longs.negate(), price, Rounding.FLOOR))
                .isEqualTo(Money.parse("0.04285714"));
        assertThat(hundred.notional(longs, price)).isEqualTo(Money.parse("0.04285715"));
        assertThat(hundred.notional(longs.negate(), price)).isEqualTo(Money.parse("0.04285715"));
        assertThat(hundred.priceOf(longs, Money.parse("-0.03"))).contains(Price.parse("10000"));
        assertThat(hundred.isValueWithin(longs, new Price(1), 1_000_000)).isFalse();
        assertThat(hundred.isValueWithin(longs, Price.parse("1"), 30_000_000_000L)).isTrue();
        assertThat(hundred.isValueWithin(longs, Price.parse("0.9"), 30_000_000_000L)).isFalse();
        assertThat(hundred.isValueWithin(new Quantity(Long.MIN_VALUE), price, 1)).isFalse();
    }

    @Test
    @Covers("MKTS-010")
    void wholeLotsHaveWholeUnitsAndInverseSettlesInItsBase() {
        Contract inverse = contract(Payoff.INVERSE, "100");
        assertThat(market(inverse, "1", BTC).contractOf(ID)).isEqualTo(inverse);
        assertThat(market(inverse, "1", BTC).contractOf(new InstrumentId("other")))
                .isEqualTo(Contract.LINEAR);
        assertThatThrownBy(
                        () -> new MarketSnapshot(Map.of(), Map.of(), Map.of(), Map.of(ID, inverse)))
                .hasMessageContaining("is not listed");
        assertThatThrownBy(() -> market(contract(Payoff.INVERSE, "100"), "1", USD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settles in its base BTC");
        assertThatThrownBy(() -> market(contract(Payoff.LINEAR, "0.001"), "0.000001", USD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole number of 0.00000001");
        assertThatThrownBy(() -> contract(Payoff.LINEAR, "0"))
                .isInstanceOf(IllegalArgumentException.class);
        Contract dated =
                new Contract(
                        Payoff.LINEAR, Quantity.ONE, OptionalLong.of(1_774_598_400_000_000_000L));
        assertThat(dated.value(Quantity.ONE, Price.parse("5"), Rounding.FLOOR))
                .isEqualTo(Money.parse("5"));
    }

    @Test
    @Covers("MKTS-011")
    void collateralTermsAscendAndStayInRange() {
        assertThatThrownBy(() -> tiers("10", "0.2", "10", "0.3")).hasMessageContaining("ascend");
        assertThatThrownBy(() -> tiers("10", "0.2", "20", "0.1")).hasMessageContaining("ascend");
        assertThatThrownBy(() -> tiers("10", "0.2", "20", "1.1")).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> terms(Rate.ONE, Rate.ZERO)).hasMessageContaining("bid buffer");
        assertThatThrownBy(() -> terms(Rate.ZERO, new Rate(1_000_001)))
                .hasMessageContaining("ask buffer");
        CollateralTerms fair = tiers("10", "0.2", "20", "1");
        assertThat(fair.isFlat()).isFalse();
        assertThat(terms(Rate.ZERO, Rate.ZERO).isFlat()).isTrue();
        assertThatThrownBy(() -> new Asset(USD, Rate.ZERO, Optional.empty(), fair))
                .hasMessageContaining("unit of account");
        assertThatThrownBy(() -> new Asset(BTC, Rate.parse("0.3"), Optional.of(ID), fair))
                .hasMessageContaining("ascend from 0.3");
        assertThat(new Asset(BTC, Rate.parse("0.2"), Optional.of(ID), fair).terms())
                .isEqualTo(fair);
    }

    @Test
    @Covers("MARG-105")
    void aPegLosesWithTheDistanceBelowItsThreshold() {
        Peg peg = new Peg(Price.parse("0.98"), Rate.parse("2"));
        assertThat(peg.added(Price.parse("0.98"))).isEqualTo(Rate.ZERO);
        assertThat(peg.added(Price.parse("0.52"))).isEqualTo(Rate.parse("0.92"));
        assertThat(peg.added(Price.parse("0.97999999"))).isEqualTo(new Rate(1));
    }

    private static CollateralTerms tiers(String a, String first, String b, String second) {
        return new CollateralTerms(
                List.of(
                        new HaircutTier(Money.parse(a), Rate.parse(first)),
                        new HaircutTier(Money.parse(b), Rate.parse(second))),
                Optional.empty(),
                Rate.ZERO,
                Rate.ZERO,
                Optional.empty());
    }

    private static CollateralTerms terms(Rate bid, Rate ask) {
        return new CollateralTerms(List.of(), Optional.empty(), bid, ask, Optional.empty());
    }

    private static Contract contract(Payoff payoff, String multiplier) {
        return new Contract(payoff, Quantity.parse(multiplier), OptionalLong.empty());
    }

    private static MarketSnapshot market(Contract contract, String lot, AssetId settlement) {
        Instrument instrument =
                new Instrument(
                        ID,
                        BTC,
                        settlement,
                        new Price(1),
                        Quantity.parse(lot),
                        TierTable.flat(Rate.ONE, Rate.ONE),
                        Rate.ZERO,
                        Rate.ZERO);
        return new MarketSnapshot(Map.of(ID, instrument), Map.of(), Map.of(), Map.of(ID, contract));
    }
}
