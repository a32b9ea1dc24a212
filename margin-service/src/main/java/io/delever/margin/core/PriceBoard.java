package io.delever.margin.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest price of each instrument, as received and as it may be used.
 *
 * <p>While the sender is silent longer than the silence limit every price is {@code STALE},
 * whatever it was: a market that we no longer hear of may have moved. The first message of the
 * sender restores what it said last. JRNL-017.
 */
public final class PriceBoard {
    private final InstantSource clock;
    private final Duration silenceLimit;
    private final Map<InstrumentId, PriceState> received = new HashMap<>();
    private final List<Consumer<Map<InstrumentId, PriceState>>> listeners =
            new CopyOnWriteArrayList<>();
    private long heardAtNanos;
    private boolean heard;
    private boolean silent = true;

    /**
     * A board without prices.
     *
     * @param silenceLimit how long the sender may say nothing before its prices are stale
     */
    public PriceBoard(InstantSource clock, Duration silenceLimit) {
        this.clock = clock;
        this.silenceLimit = silenceLimit;
    }

    /**
     * Calls the listener with every change of a usable price, in order, on the thread that brought
     * it.
     */
    public synchronized void addListener(Consumer<Map<InstrumentId, PriceState>> listener) {
        listeners.add(listener);
        listener.accept(effective(received.keySet()));
    }

    /**
     * Takes prices from the sender; the newest wins.
     *
     * @param complete true where the sender has no other prices: those not named become {@code
     *     MISSING}
     */
    public synchronized void accept(Map<InstrumentId, PriceState> prices, boolean complete) {
        heardAtNanos = nowNanos();
        heard = true;
        Map<InstrumentId, PriceState> changed = new HashMap<>(prices);
        if (complete) {
            received.keySet().forEach(id -> changed.putIfAbsent(id, new PriceState.Missing()));
        }
        received.putAll(changed);
        Set<InstrumentId> published = silent ? Set.copyOf(received.keySet()) : changed.keySet();
        silent = false;
        publish(published);
    }

    /**
     * To be called now and then: makes every price stale once the sender was silent for too long.
     */
    public synchronized void checkSilence() {
        if (!silent && nowNanos() - heardAtNanos > silenceLimit.toNanos()) {
            silent = true;
            publish(Set.copyOf(received.keySet()));
        }
    }

    /** True where the sender was never heard or is silent for longer than the limit. */
    public synchronized boolean isSilent() {
        return silent;
    }

    /**
     * How long the sender has said nothing; the time since ever where it never said anything is
     * zero.
     */
    public synchronized Duration silence() {
        return heard ? Duration.ofNanos(Math.max(0, nowNanos() - heardAtNanos)) : Duration.ZERO;
    }

    private void publish(Set<InstrumentId> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Map<InstrumentId, PriceState> effective = effective(changed);
        listeners.forEach(listener -> listener.accept(effective));
    }

    private Map<InstrumentId, PriceState> effective(Set<InstrumentId> ids) {
        Map<InstrumentId, PriceState> effective = HashMap.newHashMap(ids.size());
        for (InstrumentId id : ids) {
            PriceState state = received.get(id);
            effective.put(id, silent ? staled(state) : state);
        }
        return effective;
    }

    private static PriceState staled(PriceState state) {
        return switch (state) {
            case PriceState.Fresh p ->
                    new PriceState.Stale(p.index(), p.mark(), p.eventTimeNanos());
            case PriceState.Degraded p ->
                    new PriceState.Stale(p.index(), p.mark(), p.eventTimeNanos());
            case PriceState.Stale p -> p;
            case PriceState.Missing p -> p;
        };
    }

    private long nowNanos() {
        return Nanos.of(clock.instant());
    }
}
