package io.delever.price.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.IndexPrice;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PricePublisherTest {
    private final CoreFixture.CountingMetrics metrics = new CoreFixture.CountingMetrics();
    private final PricePublisher publisher =
            new PricePublisher("run-1", CoreFixture.STREAM, metrics);

    private static IndexPrice price(String instrument, String price) {
        return new IndexPrice(
                new InstrumentId(instrument),
                new PriceState.Fresh(Price.parse(price), Price.parse(price), 1),
                1,
                1,
                1,
                List.of(),
                Optional.empty());
    }

    private void publish(IndexPrice... prices) {
        publisher.publish(List.of(prices));
    }

    private Subscription open(ReadRequest request) {
        return ((Subscribed.Open) publisher.subscribe(request, () -> {})).subscription();
    }

    private static ReadRequest all() {
        return new ReadRequest(List.of(), Optional.empty());
    }

    private static ReadRequest only(String... ids) {
        return new ReadRequest(Stream.of(ids).map(InstrumentId::new).toList(), Optional.empty());
    }

    private static ReadRequest resume(String epoch, long sequence) {
        return new ReadRequest(List.of(), Optional.of(new ReadRequest.Position(epoch, sequence)));
    }

    private static PriceBatch poll(Subscription subscription) {
        return subscription.poll().orElseThrow();
    }

    @Test
    @Covers({"PSVC-013", "PSVC-014"})
    void readerGetsASnapshotAndThenChangesOnly() {
        publish(price("B", "2"), price("A", "1"));
        Subscription reader = open(all());
        assertThat(poll(reader))
                .isEqualTo(
                        new PriceBatch(
                                "run-1", 1, true, List.of(price("A", "1"), price("B", "2"))));
        assertThat(reader.poll()).isEmpty();
        publish(price("B", "3"));
        assertThat(poll(reader))
                .isEqualTo(new PriceBatch("run-1", 2, false, List.of(price("B", "3"))));
        assertThat(reader.poll()).isEmpty();
    }

    @Test
    @Covers("PSVC-013")
    void emptyHouseGivesAnEmptySnapshot() {
        assertThat(poll(open(all()))).isEqualTo(new PriceBatch("run-1", 0, true, List.of()));
    }

    @Test
    @Covers("PSVC-012")
    void slowReaderGetsTheNewestOfEachOnce() {
        publish(price("A", "1"), price("B", "1"));
        Subscription reader = open(all());
        assertThat(poll(reader).snapshot()).isTrue();
        for (int i = 2; i <= 1_000; i++) {
            publish(price("A", Integer.toString(i)));
        }
        publish(price("B", "7"));
        assertThat(poll(reader))
                .isEqualTo(
                        new PriceBatch(
                                "run-1",
                                1_001,
                                false,
                                List.of(price("A", "1000"), price("B", "7"))));
        assertThat(reader.poll()).isEmpty();
        assertThat(metrics.conflated).hasValue(998);
    }

    @Test
    @Covers({"PSVC-014", "PSVC-017"})
    void readerOfSomeSeesNothingOfTheOthers() {
        publish(price("A", "1"), price("B", "1"));
        Subscription reader = open(only("B"));
        assertThat(CoreFixture.ids(poll(reader).prices())).containsExactly("B");
        publish(price("A", "2"));
        assertThat(reader.poll()).isEmpty();
        publish(price("A", "3"), price("B", "3"));
        assertThat(poll(reader).prices()).containsExactly(price("B", "3"));
    }

    @Test
    @Covers("PSVC-013")
    void historyReachesBackAsFarAsItIsKept() {
        publish(price("A", "1"));
        publish(price("B", "2"));
        publish(price("C", "3"));
        publish(price("D", "4"));
        publish(price("D", "5"));
        // Kept: 3, 4 and 5.
        assertThat(open(resume("run-1", 5)).poll()).isEmpty();
        publisher.subscribe(all(), () -> {});
        assertThat(metrics.open).hasValue(2);
    }

    @Test
    @Covers("PSVC-013")
    void resumeGivesTheUnionOfWhatChanged() {
        publish(price("A", "1"));
        publish(price("B", "2"));
        publish(price("C", "3"));
        publish(price("D", "4"));
        publish(price("D", "5"));
        assertResumed(2, false, "C", "D");
        assertResumed(3, false, "D");
        assertResumed(1, true, "A", "B", "C", "D");
        assertResumed(0, true, "A", "B", "C", "D");
        assertResumed(-1, true, "A", "B", "C", "D");
        assertResumed(6, true, "A", "B", "C", "D");
        try (Subscription foreign = open(resume("run-0", 4))) {
            assertThat(poll(foreign).snapshot()).isTrue();
        }
    }

    private void assertResumed(long after, boolean snapshot, String... instruments) {
        try (Subscription reader = open(resume("run-1", after))) {
            PriceBatch batch = poll(reader);
            assertThat(batch.snapshot()).isEqualTo(snapshot);
            assertThat(batch.sequence()).isEqualTo(5);
            assertThat(CoreFixture.ids(batch.prices())).containsExactly(instruments);
        }
    }

    @Test
    @Covers("PSVC-015")
    void emptyPublicationReachesEveryReader() {
        publish(price("A", "1"));
        Subscription reader = open(only("A"));
        assertThat(poll(reader).snapshot()).isTrue();
        publish();
        assertThat(poll(reader)).isEqualTo(new PriceBatch("run-1", 2, false, List.of()));
        assertThat(reader.poll()).isEmpty();
    }

    @Test
    @Covers("PSVC-017")
    void unknownInstrumentAndOneReaderTooManyAreRefused() {
        publish(price("A", "1"));
        assertThat(publisher.subscribe(only("A", "Z"), () -> {}))
                .isEqualTo(new Subscribed.UnknownInstrument(new InstrumentId("Z")));
        Subscription first = open(all());
        Subscription second = open(only("A"));
        assertThat(publisher.subscribe(all(), () -> {})).isEqualTo(new Subscribed.TooMany(2));
        first.close();
        first.close();
        assertThat(metrics.open).hasValue(1);
        assertThat(poll(open(all())).snapshot()).isTrue();
        assertThat(poll(second).snapshot()).isTrue();
    }

    @Test
    @Covers("PSVC-016")
    void readerThatIsGoneIsNotCalled() {
        publish(price("A", "1"));
        AtomicInteger calls = new AtomicInteger();
        Subscribed opened = publisher.subscribe(all(), calls::incrementAndGet);
        publish(price("A", "2"));
        assertThat(calls).hasValue(1);
        ((Subscribed.Open) opened).subscription().close();
        publish(price("A", "3"));
        assertThat(calls).hasValue(1);
    }
}
