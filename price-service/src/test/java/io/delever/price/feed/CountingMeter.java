package io.delever.price.feed;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedMeter;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what a feed tells; may be asked on any thread. */
final class CountingMeter implements FeedMeter {
    final Map<FeedMessageKind, Long> messages = new ConcurrentHashMap<>();
    final Map<FeedRejection, Long> rejections = new ConcurrentHashMap<>();
    final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<FeedStatus> status = Optional.empty();
    private final boolean keepsDelays;

    CountingMeter() {
        this(true);
    }

    CountingMeter(boolean keepsDelays) {
        this.keepsDelays = keepsDelays;
    }

    FeedStatus status() {
        return status.orElseThrow();
    }

    /** Losses so far; none before anything was told. */
    long losses() {
        return status.map(FeedStatus::losses).orElse(0L);
    }

    boolean isLive() {
        return status.filter(each -> each.state() == FeedState.LIVE).isPresent();
    }

    @Override
    public void message(FeedMessageKind kind) {
        messages.merge(kind, 1L, Long::sum);
    }

    @Override
    public void rejected(FeedRejection reason, int count) {
        rejections.merge(reason, (long) count, Long::sum);
    }

    @Override
    public void delay(long delayNanos) {
        if (keepsDelays) {
            delays.add(delayNanos);
        }
    }

    @Override
    public void gap(long missing) {}

    @Override
    public void late() {}

    @Override
    public void restarted() {}

    @Override
    public void lost() {}

    @Override
    public void refused(int ticks) {}

    @Override
    public void status(FeedStatus newest) {
        status = Optional.of(newest);
    }
}
