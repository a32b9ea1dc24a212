package io.delever.margin.metrics;

import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.Standing;
import io.delever.engine.margin.StandingChange;
import io.delever.margin.core.CommandOutcome;
import io.delever.margin.core.JournalUnavailableException;
import io.delever.margin.core.MarginMetrics;
import io.delever.margin.core.ShardStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the core reports, as Micrometer meters. */
public final class MicrometerMetrics implements MarginMetrics {
    private final MeterRegistry registry;
    private final Map<String, Counter> commands = new ConcurrentHashMap<>();
    private final Map<RiskState, Counter> transitions = new EnumMap<>(RiskState.class);
    private final Map<Standing, Counter> standings = new EnumMap<>(Standing.class);
    private final DistributionSummary batchSize;
    private final Timer commitLatency;
    private final Counter commitFailures;
    private final Counter evaluations;
    private final Timer evaluationLatency;
    private final Counter stops;

    /** Registers the meters. */
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        batchSize =
                DistributionSummary.builder("delever.journal.batch.entries")
                        .description("Entries in one commit of the journal")
                        .publishPercentileHistogram()
                        .register(registry);
        commitLatency =
                Timer.builder("delever.journal.commit")
                        .description("From the first attempt to write a group until it is durable")
                        .publishPercentileHistogram()
                        .register(registry);
        commitFailures = registry.counter("delever.journal.commit.failures");
        evaluations = registry.counter("delever.margin.evaluations");
        evaluationLatency =
                Timer.builder("delever.margin.evaluation")
                        .description(
                                "One pass over the accounts that a price batch or commands touched")
                        .publishPercentileHistogram()
                        .register(registry);
        stops = registry.counter("delever.shard.stops");
        for (Standing standing : Standing.values()) {
            standings.put(
                    standing,
                    registry.counter(
                            "delever.standing.changes",
                            "to",
                            standing.name().toLowerCase(Locale.ROOT)));
        }
        for (RiskState state : RiskState.values()) {
            transitions.put(
                    state,
                    registry.counter(
                            "delever.risk.transitions",
                            "to",
                            state.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Shows a shard's newest status as gauges. */
    public void watch(int shard, Supplier<ShardStatus> status) {
        String number = Integer.toString(shard);
        gauge("delever.shard.queue.depth", number, status, ShardStatus::queueDepth);
        gauge("delever.journal.pending.entries", number, status, ShardStatus::pendingCommits);
        gauge("delever.shard.accounts", number, status, ShardStatus::accounts);
        gauge("delever.journal.sequence", number, status, ShardStatus::durableSequence);
        gauge("delever.shard.running", number, status, s -> s.running() ? 1 : 0);
    }

    /** Shows how long the price stream has been silent and how many accounts are not healthy. */
    public void watch(Supplier<Duration> priceSilence, Supplier<Number> unhealthyAccounts) {
        Gauge.builder("delever.prices.age.seconds", () -> priceSilence.get().toMillis() / 1000.0)
                .description("Since the last message of the price stream")
                .register(registry);
        Gauge.builder("delever.risk.unhealthy.accounts", unhealthyAccounts).register(registry);
    }

    @Override
    public void commandAnswered(CommandOutcome outcome) {
        String label =
                switch (outcome) {
                    case CommandOutcome.Accepted a -> "accepted";
                    case CommandOutcome.Refused r -> r.reason().name().toLowerCase(Locale.ROOT);
                    case CommandOutcome.NotTaken n -> n.reason().name().toLowerCase(Locale.ROOT);
                };
        commands.computeIfAbsent(
                        label,
                        outcomeLabel ->
                                registry.counter("delever.commands", "outcome", outcomeLabel))
                .increment();
    }

    @Override
    public void batchCommitted(int shard, int entries, Duration latency) {
        batchSize.record(entries);
        commitLatency.record(latency);
    }

    @Override
    public void commitFailed(int shard, JournalUnavailableException failure) {
        commitFailures.increment();
    }

    @Override
    public void evaluated(int shard, int accounts, Duration latency) {
        evaluations.increment(accounts);
        evaluationLatency.record(latency);
    }

    @Override
    public void riskChanged(RiskTransition event) {
        transitions.get(event.current()).increment();
    }

    @Override
    public void standingChanged(StandingChange change) {
        standings.get(change.current().standing()).increment();
    }

    @Override
    public void shardStopped(int shard, RuntimeException cause) {
        stops.increment();
    }

    private void gauge(String name, String shard, Supplier<ShardStatus> status, ToNumber value) {
        Gauge.builder(name, () -> value.of(status.get())).tag("shard", shard).register(registry);
    }

    /** One number of a status. */
    @FunctionalInterface
    private interface ToNumber {
        Number of(ShardStatus status);
    }
}
