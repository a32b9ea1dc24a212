package io.delever.sentiment.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.Observation.PriceLost;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.testing.Covers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceFeedTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");

    @Test
    @Covers("SSVC-002")
    void onlyUsableStatesArePrices() {
        for (PriceState state : PriceState.values()) {
            if (state == PriceState.UNRECOGNIZED) {
                continue;
            }
            PriceUpdate update = update(state).setIndexPriceE8(5).setMarkPriceE8(6).build();
            boolean usable =
                    state == PriceState.PRICE_STATE_FRESH
                            || state == PriceState.PRICE_STATE_DEGRADED;
            assertThat(PriceFeed.decode(update))
                    .as(state.name())
                    .contains(
                            usable
                                    ? new PriceObserved(
                                            BTC, new Price(5), Optional.of(new Price(6)), 7)
                                    : new PriceLost(BTC, 7));
        }
    }

    @Test
    @Covers("SSVC-002")
    void withoutIndexOrWithNonsenseThereIsNoPrice() {
        assertThat(PriceFeed.decode(update(PriceState.PRICE_STATE_FRESH).build()))
                .contains(new PriceLost(BTC, 7));
        assertThat(
                        PriceFeed.decode(
                                update(PriceState.PRICE_STATE_FRESH).setIndexPriceE8(3).build()))
                .contains(new PriceObserved(BTC, new Price(3), Optional.empty(), 7));
        assertThat(
                        PriceFeed.decode(
                                update(PriceState.PRICE_STATE_FRESH).setIndexPriceE8(0).build()))
                .isEmpty();
        assertThat(
                        PriceFeed.decode(
                                update(PriceState.PRICE_STATE_FRESH)
                                        .setInstrumentId("not an id")
                                        .build()))
                .isEmpty();
    }

    private static PriceUpdate.Builder update(PriceState state) {
        return PriceUpdate.newBuilder()
                .setInstrumentId("BTC-PERP")
                .setState(state)
                .setEventTimeNanos(7);
    }
}
