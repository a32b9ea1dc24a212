package io.delever.price.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.InstrumentId;
import io.delever.testing.Covers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store does. */
public interface HaltStoreContract {
    /** The store under test; it may hold halts of others. */
    HaltStore store();

    /** The newest change stands, whatever came between. */
    @Test
    @Covers("PSVC-060")
    default void theNewestChangeOfEachStandsAndRepeatsChangeNothing() {
        String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        InstrumentId a = new InstrumentId(prefix + "A");
        InstrumentId b = new InstrumentId(prefix + "B");
        HaltCommand first = new HaltCommand(prefix + 1, a, true, "wick", 42);
        HaltCommand second = new HaltCommand(prefix + 2, b, true, "fork", 43);
        HaltCommand third = new HaltCommand(prefix + 3, a, false, "over", 44);
        assertThat(store().put(first)).isEqualTo(first);
        assertThat(store().put(second)).isEqualTo(second);
        assertThat(store().halted()).contains(a, b);
        assertThat(store().put(third)).isEqualTo(third);
        assertThat(store().halted()).contains(b).doesNotContain(a);
        assertThat(store().put(new HaltCommand(prefix + 1, b, false, "other", 45)))
                .isEqualTo(first);
        assertThat(store().halted()).contains(b).doesNotContain(a);
    }
}
