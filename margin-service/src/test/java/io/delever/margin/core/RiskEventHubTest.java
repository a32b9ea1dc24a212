package io.delever.margin.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RiskEventHubTest {
    private final RiskEventHub hub = new RiskEventHub("run-1", 4);

    @Test
    @Covers("JRNL-020")
    void aSnapshotHoldsEveryAccountThatIsNotHealthy() {
        publish("a", RiskState.LIQUIDATABLE);
        publish("b", RiskState.MARGIN_CALL);
        publish("a", RiskState.HEALTHY);

        EventHub.Page<RiskTransition> page = hub.snapshot();

        assertThat(page.snapshot()).isTrue();
        assertThat(page.sequence()).isEqualTo(3);
        assertThat(page.events()).extracting(e -> e.account().value()).containsExactly("b");
    }

    @Test
    @Covers("JRNL-021")
    void aReaderContinuesWhereItWas() {
        publish("a", RiskState.LIQUIDATABLE);
        publish("b", RiskState.LIQUIDATABLE);
        publish("c", RiskState.LIQUIDATABLE);

        assertThat(hub.after(1, 10).orElseThrow().events())
                .extracting(e -> e.account().value())
                .containsExactly("b", "c");
        assertThat(hub.after(1, 1).orElseThrow().sequence()).isEqualTo(2);
        assertThat(hub.after(3, 10)).isEmpty();
    }

    @Test
    @Covers("JRNL-022")
    void aReaderThatFellBehindTheRingGetsASnapshot() {
        for (int i = 0; i < 6; i++) {
            publish("a" + i, RiskState.BANKRUPT);
        }

        assertThat(hub.after(2, 10).orElseThrow().snapshot()).isFalse();
        assertThat(hub.after(2, 10).orElseThrow().events()).hasSize(4);
        assertThat(hub.after(1, 10).orElseThrow().snapshot()).isTrue();
        assertThat(hub.after(1, 10).orElseThrow().events()).hasSize(6);
    }

    @Test
    @Covers("JRNL-021")
    void aSequenceThatNeverWasGetsASnapshot() {
        publish("a", RiskState.BANKRUPT);

        assertThat(hub.after(2, 10).orElseThrow().snapshot()).isTrue();
        assertThat(hub.after(-1, 10).orElseThrow().snapshot()).isTrue();
    }

    @Test
    void listenersAreCalledUntilTheyAreRemoved() {
        List<Long> seen = new ArrayList<>();
        Runnable listener = () -> seen.add(hub.sequence());
        hub.addListener(listener);
        publish("a", RiskState.BANKRUPT);
        hub.removeListener(listener);
        publish("a", RiskState.HEALTHY);

        assertThat(seen).containsExactly(1L);
    }

    private void publish(String account, RiskState current) {
        hub.publish(
                List.of(
                        new RiskTransition(
                                new AccountId(account),
                                RiskState.HEALTHY,
                                current,
                                Optional.empty(),
                                1)));
    }
}
