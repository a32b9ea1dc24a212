package io.delever.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketValuesTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final AssetId USD = new AssetId("USD");

    @ParameterizedTest
    @Covers("MKTS-001")
    @ValueSource(strings = {"", "a b", "a/b", "é", "a\n", "BTC|PERP"})
    void aTextThatIsNoIdIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstrumentId(text))
                .withMessageContaining("instrument id");
    }

    @Test
    @Covers("MKTS-001")
    void anIdHasAtMost64Characters() {
        assertThat(new AssetId("a".repeat(64)).value()).hasSize(64);
        assertThat(new VenueId("A.b_c:d-9")).hasToString("A.b_c:d-9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VenueId("a".repeat(65)))
                .withMessageContaining("1 to 64 characters, has 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AssetId("ab/"))
                .withMessageContaining("character 3 of it is U+002f");
    }

    @Test
    @Covers("MKTS-004")
    void anInstrumentHasALotAndBoundedFees() {
        assertThat(instrument("0.001", "1", "1").lotSize()).hasToString("0.001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instrument("0", "0", "0"))
                .withMessageContaining("lot size of BTC-PERP must be > 0, is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instrument("1", "1.000001", "0"))
                .withMessageContaining("taker fee of BTC-PERP must be <= 1000000 ppm, is 1000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instrument("1", "0", "2"))
                .withMessageContaining("liquidation fee");
    }

    @Test
    @Covers("MKTS-005")
    void aHaircutIsBelowOneAndTheUnitOfAccountHasNone() {
        assertThat(new Asset(USD, Rate.ZERO, Optional.empty()).isUnitOfAccount()).isTrue();
        assertThat(new Asset(USD, new Rate(999_999), Optional.of(BTC)).isUnitOfAccount()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Asset(USD, Rate.ONE, Optional.of(BTC)))
                .withMessageContaining("is 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Asset(USD, new Rate(1), Optional.empty()))
                .withMessageContaining("has no haircut, given 1");
    }

    @Test
    @Covers("MKTS-006")
    void onlyFreshAndDegradedPricesAreUsable() {
        Price index = Price.parse("100");
        Price mark = Price.parse("101");
        for (PriceState usable :
                new PriceState[] {
                    new PriceState.Fresh(index, mark, 1), new PriceState.Degraded(index, mark, 1)
                }) {
            assertThat(usable.isUsable()).isTrue();
            assertThat(usable.usableIndex()).contains(index);
            assertThat(usable.usableMark()).contains(mark);
        }
        for (PriceState unusable :
                new PriceState[] {new PriceState.Stale(index, mark, 1), new PriceState.Missing()}) {
            assertThat(unusable.isUsable()).isFalse();
            assertThat(unusable.usableIndex()).isEmpty();
            assertThat(unusable.usableMark()).isEmpty();
        }
    }

    @Test
    @Covers("MKTS-006")
    void anUnknownPriceIsMissing() {
        MarketSnapshot empty = new MarketSnapshot(Map.of(), Map.of(), Map.of());
        assertThat(empty.priceOf(BTC)).isEqualTo(new PriceState.Missing());
        assertThat(empty.instrument(BTC)).isEmpty();
        assertThat(empty.asset(USD)).isEmpty();
    }

    private static Instrument instrument(String lot, String takerFee, String liquidationFee) {
        return new Instrument(
                BTC,
                new AssetId("BTC"),
                USD,
                Price.parse("0.1"),
                Quantity.parse(lot),
                TierTable.flat(Rate.parse("0.1"), Rate.parse("0.05")),
                Rate.parse(takerFee),
                Rate.parse(liquidationFee));
    }
}
