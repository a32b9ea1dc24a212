package io.delever.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.gateway.client.ConflatedState.Batch;
import io.delever.gateway.client.ConflatedState.Cursor;
import io.delever.gateway.client.ConflatedState.Delta;
import io.delever.gateway.client.ConflatedState.Keyed;
import io.delever.testing.Covers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Covers({"GATE-032", "GATE-035"})
class ConflatedStateTest {
    private final ConflatedState<String> state = new ConflatedState<>(3, 2);

    /** Values as key=value; an ended one has a ! at its end. */
    private void apply(long sequence, boolean snapshot, String... values) {
        apply(state, "e", sequence, snapshot, List.of(values));
    }

    private static void apply(
            ConflatedState<String> to,
            String epoch,
            long sequence,
            boolean snapshot,
            List<String> values) {
        to.apply(
                new Batch<>(
                        epoch,
                        sequence,
                        snapshot,
                        values.stream()
                                .map(v -> new Keyed<>(v.split("=", -1)[0], v, !v.endsWith("!")))
                                .toList()));
    }

    private static List<String> values(Delta<String> delta) {
        return delta.items().stream().map(ConflatedState.Item::value).toList();
    }

    @Test
    void whatChangedComesInItsOrderAndOnce() {
        apply(1, true, "a=1", "b=1", "c=1");
        apply(2, false, "a=2");
        apply(3, false, "b=2", "a=3");
        Delta<String> delta = state.since(new Cursor("e", 1));
        assertThat(delta.snapshot()).isFalse();
        assertThat(values(delta)).containsExactly("b=2", "a=3");
        assertThat(delta.cursor()).isEqualTo(new Cursor("e", 3));
        assertThat(values(state.since(delta.cursor()))).isEmpty();
    }

    @Test
    void aSnapshotLeavesOutWhatHasEnded() {
        apply(1, true, "a=1", "b=1");
        apply(2, false, "a=2!");
        assertThat(values(state.since(Cursor.START))).containsExactly("b=1");
        assertThat(values(state.since(new Cursor("e", 1)))).containsExactly("a=2!");
    }

    @Test
    void whoIsFromBeforeTheOldestEndedGetsASnapshot() {
        apply(1, true, "a=1", "b=1", "c=1");
        apply(2, false, "a=2!");
        apply(3, false, "b=2!");
        assertThat(state.since(new Cursor("e", 1)).snapshot()).isFalse();
        apply(4, false, "c=2!");
        assertThat(state.since(new Cursor("e", 1)).snapshot()).isTrue();
        assertThat(values(state.since(new Cursor("e", 2)))).containsExactly("b=2!", "c=2!");
    }

    @Test
    void theLongestUnchangedIsDroppedBeyondTheLimit() {
        apply(1, true, "a=1", "b=1", "c=1");
        apply(2, false, "a=2", "d=1");
        assertThat(state.liveCount()).isEqualTo(3);
        assertThat(values(state.since(Cursor.START))).containsExactly("c=1", "a=2", "d=1");
    }

    @Test
    void aReaderAheadOfUsIsNotTakenBack() {
        apply(5, true, "a=1");
        Cursor ahead = new Cursor("e", 9);
        assertThat(state.since(ahead).items()).isEmpty();
        assertThat(state.since(ahead).cursor()).isEqualTo(ahead);
        assertThat(state.since(new Cursor("e", 4)).snapshot()).isTrue();
        assertThat(state.since(new Cursor("e", 5)).snapshot()).isFalse();
    }

    @Test
    void anotherEpochReplacesEverything() {
        apply(5, true, "a=1", "b=1");
        apply(state, "f", 1, true, List.of("c=1"));
        assertThat(state.since(new Cursor("e", 5)).snapshot()).isTrue();
        assertThat(values(state.since(new Cursor("e", 5)))).containsExactly("c=1");
    }

    /** Readers of any pace end with the same as one who saw everything. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 20_251_010})
    void everyPaceEndsWithTheSame(long seed) {
        Random random = new Random(seed);
        ConflatedState<String> small = new ConflatedState<>(100, 5);
        Map<String, String> truth = new TreeMap<>();
        int readers = 4;
        Cursor[] cursors = new Cursor[readers];
        Arrays.fill(cursors, Cursor.START);
        List<Map<String, String>> seen =
                Stream.generate(() -> (Map<String, String>) new TreeMap<String, String>())
                        .limit(readers)
                        .toList();
        apply(small, "e", 1, true, List.of());
        for (int sequence = 2; sequence < 2_000; sequence++) {
            String key = "k" + random.nextInt(20);
            boolean ends = random.nextInt(3) == 0;
            String value = key + "=" + sequence + (ends ? "!" : "");
            apply(small, "e", sequence, false, List.of(value));
            if (ends) {
                truth.remove(key);
            } else {
                truth.put(key, value);
            }
            for (int reader = 0; reader < readers; reader++) {
                if (sequence == 1_999 || random.nextInt(1 + reader * reader * 10) == 0) {
                    Delta<String> delta = small.since(cursors[reader]);
                    follow(delta, seen.get(reader));
                    cursors[reader] = delta.cursor();
                    assertThat(seen.get(reader))
                            .as("seed %d reader %d", seed, reader)
                            .isEqualTo(truth);
                }
            }
        }
    }

    private static void follow(Delta<String> delta, Map<String, String> seen) {
        if (delta.snapshot()) {
            seen.clear();
        }
        for (String value : values(delta)) {
            String key = value.split("=", -1)[0];
            if (value.endsWith("!")) {
                seen.remove(key);
            } else {
                seen.put(key, value);
            }
        }
    }
}
