package io.delever.price.core;

import java.time.InstantSource;

/** The core of one run of the service: loop, publisher and registry, put together. */
public final class PriceCore implements AutoCloseable {
    private final PricePublisher publisher;
    private final PriceLoop loop;
    private final DefinitionRegistry registry;

    /**
     * Puts it together; {@link #start} lets it run.
     *
     * @param epoch names this run; different for each run
     */
    public PriceCore(
            CoreSettings settings,
            DefinitionStore store,
            PriceMetrics metrics,
            InstantSource clock,
            String epoch) {
        publisher = new PricePublisher(epoch, settings.stream(), metrics);
        loop = new PriceLoop(settings, publisher, metrics, clock);
        registry = new DefinitionRegistry(store, loop, clock, settings.maximumInstruments());
    }

    /**
     * Loads the definitions and starts. All prices are missing until ticks come (PSVC-024).
     *
     * @throws StoreUnavailableException where the store does not answer
     */
    public void start() {
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

    /** Answers what waits and stops. */
    @Override
    public void close() {
        loop.close();
    }
}
