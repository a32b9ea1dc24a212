package io.delever.margin.core;

import static io.delever.margin.Fixtures.BTC;
import static io.delever.margin.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PriceBoardTest {
    private static final InstrumentId ETH = new InstrumentId("ETH-PERP");

    private Instant now = Instant.ofEpochSecond(1_000);
    private final PriceBoard board = new PriceBoard(() -> now, Duration.ofSeconds(10));
    private final Map<InstrumentId, PriceState> seen = new HashMap<>();

    PriceBoardTest() {
        board.addListener(seen::putAll);
    }

    @Test
    @Covers("JRNL-017")
    void silenceMakesEveryPriceStaleAndTheNextMessageRestoresThem() {
        board.accept(Map.of(BTC, fresh("10"), ETH, fresh("20")), true);
        now = now.plusSeconds(10);
        board.checkSilence();
        assertThat(seen.get(BTC)).as("at the limit").isEqualTo(fresh("10"));
        now = now.plusNanos(1);
        board.checkSilence();

        assertThat(board.isSilent()).isTrue();
        assertThat(seen.get(BTC)).isInstanceOf(PriceState.Stale.class);
        assertThat(seen.get(ETH).isUsable()).isFalse();
        board.accept(Map.of(BTC, fresh("11")), false);
        assertThat(board.isSilent()).isFalse();
        assertThat(seen).containsEntry(BTC, fresh("11")).containsEntry(ETH, fresh("20"));
    }

    @Test
    @Covers("JRNL-017")
    void aBoardThatNeverHeardAnythingIsSilent() {
        assertThat(board.isSilent()).isTrue();
        assertThat(board.silence()).isZero();
    }

    @Test
    void aSnapshotWithoutAnInstrumentTakesItsPriceAway() {
        board.accept(Map.of(BTC, fresh("10"), ETH, fresh("20")), true);
        board.accept(Map.of(BTC, fresh("12")), true);

        assertThat(seen.get(ETH)).isEqualTo(new PriceState.Missing());
        assertThat(seen.get(BTC)).isEqualTo(fresh("12"));
    }

    @Test
    @Covers("JRNL-018")
    void onlyTheNewestPriceWaits() {
        PriceSlots slots = new PriceSlots();
        slots.put(Map.of(BTC, fresh("1"), ETH, fresh("5")));
        slots.put(Map.of(BTC, fresh("2")));

        assertThat(slots.take())
                .containsOnly(Map.entry(BTC, fresh("2")), Map.entry(ETH, fresh("5")));
        assertThat(slots.isDirty()).isFalse();
        assertThat(slots.take()).isEmpty();
    }
}
