package io.delever.price.feed;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedMeter;
import io.delever.price.core.FeedRejection;

/** Counts what a feed has seen since it began, and tells the meter of it. */
final class FeedTally {
    private final FeedMeter meter;
    private long messages;
    private long ticks;
    private long rejections;
    private long gaps;
    private long missing;
    private long late;
    private long restarts;
    private long connections;
    private long losses;
    private long refused;

    FeedTally(FeedMeter meter) {
        this.meter = meter;
    }

    void message(FeedMessageKind kind) {
        messages++;
        meter.message(kind);
    }

    void rejected(FeedRejection reason, int count) {
        rejections += count;
        meter.rejected(reason, count);
    }

    void gap(long numbers) {
        gaps++;
        missing += numbers;
        meter.gap(numbers);
    }

    void late() {
        late++;
        meter.late();
    }

    void restarted() {
        restarts++;
        meter.restarted();
    }

    void connected() {
        connections++;
    }

    void lost() {
        losses++;
        meter.lost();
    }

    void delay(long nanos) {
        meter.delay(nanos);
    }

    void handedOver(int count) {
        ticks += count;
    }

    void refused(int count) {
        refused += count;
        meter.refused(count);
    }

    long messages() {
        return messages;
    }

    long ticks() {
        return ticks;
    }

    long rejections() {
        return rejections;
    }

    long gaps() {
        return gaps;
    }

    long missing() {
        return missing;
    }

    long lateOnes() {
        return late;
    }

    long restarts() {
        return restarts;
    }

    long connections() {
        return connections;
    }

    long losses() {
        return losses;
    }

    long refused() {
        return refused;
    }
}
