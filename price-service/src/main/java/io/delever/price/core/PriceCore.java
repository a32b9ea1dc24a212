package io.delever.price.core;

import java.time.InstantSource;

/** The core of one run of the service: loop, publisher and registry, put together. */
public final class PriceCore implements AutoCloseable {
    private final PricePublisher publisher;
    private final PriceLoop loop;
    private final DefinitionRegistry registry;
    private final HistoryWriter history;

    /**
     * Puts it together; {@link #start} lets it run.
     *
     * @param epoch names this run; different for each run
     */
    public PriceCore(
            CoreSettings settings,
            Stores stores,
            PriceMetrics metrics,
            InstantSource clock,
            String epoch) {
        publisher = new PricePublisher(epoch, settings.stream(), metrics);
        CandleHistory candles =
                new CandleHistory(settings.history().pending(), metrics::candlesDropped);
        loop = new PriceLoop(settings, publisher, candles, metrics, clock);
        registry = new DefinitionRegistry(stores, loop, clock, settings.maximumInstruments());
        history = new HistoryWriter(candles, stores.candles(), settings.history(), clock);
    }

    /**
     * Loads the definitions and starts. All prices are missing until ticks come (PSVC-024).
     *
     * @throws StoreUnavailableException where the store does not answer
     */
    public void start() {
        history.start();
        registry.start();
    }

    /** Where prices leave. */
    public PricePublisher publisher() {
        return publisher;
    }

    /** Where ticks enter. */
    public PriceLoop loop() {
        return loop;
    }

    /** What is listed. */
    public DefinitionRegistry registry() {
        return registry;
    }

    /** What prices were. */
    public HistoryWriter history() {
        return history;
    }

    /** Answers what waits, writes what is not written, and stops. */
    @Override
    public void close() {
        loop.close();
        history.close();
    }
}
