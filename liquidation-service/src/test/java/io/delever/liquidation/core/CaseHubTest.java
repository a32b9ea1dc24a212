package io.delever.liquidation.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.CaseState;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.money.Money;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Covers("LSVC-021")
class CaseHubTest {
    private final CaseHub hub = new CaseHub("e1", 4, 2);
    private final AtomicInteger wakes = new AtomicInteger();

    private static LiquidationCase open(int number) {
        return LiquidationCase.open(
                new CaseEvent.Opened(
                        new CaseId("C" + number),
                        new AccountId("a" + number),
                        Money.ZERO,
                        Money.ZERO,
                        number));
    }

    private static LiquidationCase closed(int number) {
        return open(number)
                .apply(new CaseEvent.Closed(CaseOutcome.RECOVERED, List.of(), "well", number + 1));
    }

    private CaseHub.Reader read(Optional<CaseHub.Position> from) {
        return hub.read(from, wakes::incrementAndGet).orElseThrow();
    }

    private static List<String> ids(CaseHub.Batch batch) {
        return batch.cases().stream().map(each -> each.id().value()).toList();
    }

    @Test
    void aReaderBeginsWithTheOpenCasesAndGetsTheNewestStateOfEachChange() {
        hub.changed(open(2));
        hub.changed(open(1));
        hub.changed(open(3));
        hub.changed(closed(3));
        CaseHub.Reader reader = read(Optional.empty());
        CaseHub.Batch snapshot = reader.poll().orElseThrow();
        assertThat(snapshot.snapshot()).isTrue();
        assertThat(ids(snapshot)).containsExactly("C1", "C2");
        assertThat(reader.poll()).isEmpty();
        hub.changed(open(1));
        hub.changed(open(2));
        hub.changed(closed(1));
        assertThat(wakes).hasValue(3);
        CaseHub.Batch changes = reader.poll().orElseThrow();
        assertThat(changes.snapshot()).isFalse();
        assertThat(changes.sequence()).isEqualTo(7);
        assertThat(ids(changes)).containsExactly("C2", "C1");
        assertThat(changes.cases().getLast().state()).isEqualTo(CaseState.CLOSED);
    }

    @Test
    void aReaderResumesWithinTheHistoryOfTheSameEpochOnly() {
        for (int i = 1; i <= 6; i++) {
            hub.changed(open(i));
        }
        CaseHub.Reader recent = read(Optional.of(new CaseHub.Position("e1", 4)));
        assertThat(ids(recent.poll().orElseThrow())).containsExactly("C5", "C6");
        recent.close();
        CaseHub.Reader upToDate = read(Optional.of(new CaseHub.Position("e1", 6)));
        assertThat(upToDate.poll()).isEmpty();
        upToDate.close();
        for (CaseHub.Position lost :
                List.of(
                        new CaseHub.Position("e1", 1),
                        new CaseHub.Position("e1", 7),
                        new CaseHub.Position("e0", 5))) {
            CaseHub.Reader reader = read(Optional.of(lost));
            assertThat(reader.poll().orElseThrow().snapshot()).as("%s", lost).isTrue();
            reader.close();
        }
    }

    @Test
    void aReaderThatFallsFarBehindGetsASnapshotAgain() {
        CaseHub.Reader reader = read(Optional.empty());
        assertThat(reader.poll().orElseThrow().snapshot()).isTrue();
        for (int i = 1; i <= 5; i++) {
            hub.changed(open(i));
        }
        CaseHub.Batch batch = reader.poll().orElseThrow();
        assertThat(batch.snapshot()).isTrue();
        assertThat(batch.cases()).hasSize(5);
        assertThat(reader.poll()).isEmpty();
    }

    @Test
    void noMoreReadersAreTakenThanConfigured() {
        CaseHub.Reader first = read(Optional.empty());
        read(Optional.empty());
        assertThat(hub.read(Optional.empty(), () -> {})).isEmpty();
        first.close();
        assertThat(hub.read(Optional.empty(), () -> {})).isPresent();
    }
}
