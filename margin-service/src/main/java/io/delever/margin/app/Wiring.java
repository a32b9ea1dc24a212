package io.delever.margin.app;

import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.margin.core.AccountJournal;
import io.delever.margin.core.CommitLimits;
import io.delever.margin.core.EventHubs;
import io.delever.margin.core.MarginShards;
import io.delever.margin.core.PriceBoard;
import io.delever.margin.core.RiskEventHub;
import io.delever.margin.core.ShardLimits;
import io.delever.margin.core.StandingHub;
import io.delever.margin.core.Surroundings;
import io.delever.margin.feed.PriceFeedLimits;
import io.delever.margin.feed.PriceSubscriber;
import io.delever.margin.grpc.AnswerThreads;
import io.delever.margin.grpc.CallLimits;
import io.delever.margin.metrics.MicrometerMetrics;
import io.delever.margin.persistence.PostgresAccountJournal;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** Puts the parts together; the only place that knows all of them. */
@ApplicationScoped
public class Wiring {

    /** The system's clock; everybody else is given one. */
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    AnswerThreads answerThreads() {
        return new AnswerThreads(
                Executors.newVirtualThreadPerTaskExecutor(),
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("read-timer").factory()));
    }

    @Produces
    @Singleton
    CallLimits callLimits(MarginConfig config) {
        return new CallLimits(
                config.calls().maxBatch(),
                config.calls().maxInFlight(),
                config.calls().readLimit(),
                config.calls().retryAfter());
    }

    @Produces
    @Singleton
    MicrometerMetrics metrics(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Produces
    @Singleton
    RiskEventHub riskEvents(MarginConfig config) {
        return new RiskEventHub(UUID.randomUUID().toString(), config.riskEvents().ringCapacity());
    }

    @Produces
    @Singleton
    StandingHub standings(MarginConfig config) {
        return new StandingHub(UUID.randomUUID().toString(), config.riskEvents().ringCapacity());
    }

    @Produces
    @Singleton
    EventHubs hubs(RiskEventHub risk, StandingHub standings) {
        return new EventHubs(risk, standings);
    }

    @Produces
    @Singleton
    AccountJournal journal(DataSource dataSource, MarginConfig config) {
        return new PostgresAccountJournal(dataSource, processName(), config.shards().count());
    }

    @Produces
    @Singleton
    PriceBoard prices(InstantSource clock, MarginConfig config) {
        return new PriceBoard(clock, config.prices().silenceLimit());
    }

    @Produces
    @Singleton
    PriceSubscriber subscriber(
            @GrpcClient("price") Channel channel,
            PriceBoard board,
            InstantSource clock,
            MarginConfig config) {
        return new PriceSubscriber(
                channel,
                board,
                clock,
                new PriceFeedLimits(
                        config.prices().silenceLimit().dividedBy(2),
                        config.prices().retryMin(),
                        config.prices().retryMax()));
    }

    @Produces
    @Singleton
    MarginShards shards(
            AccountJournal journal,
            MarginConfig config,
            InstantSource clock,
            MicrometerMetrics metrics,
            EventHubs hubs) {
        MarginShards shards =
                new MarginShards(
                        journal,
                        limits(config),
                        new MarginParameters(
                                new Rate(config.margin().callLevelPpm()),
                                config.margin().maxPositions()),
                        standingRules(config.margin()),
                        new Surroundings(clock, metrics, hubs));
        for (int i = 0; i < config.shards().count(); i++) {
            int shard = i;
            metrics.watch(shard, () -> shards.status(shard));
        }
        return shards;
    }

    /** Refuses to start with levels out of order; the first warning is the margin call. */
    static StandingRules standingRules(MarginConfig.Margin margin) {
        List<Rate> levels = new ArrayList<>();
        levels.add(new Rate(margin.callLevelPpm()));
        margin.furtherWarningsPpm().orElse(List.of()).forEach(ppm -> levels.add(new Rate(ppm)));
        return new StandingRules(
                levels,
                new Rate(
                        margin.reduceOnlyPpm()
                                .orElse((margin.callLevelPpm() + FixedPoint.ONE_PPM) / 2)),
                new Rate(margin.hysteresisPpm()),
                margin.callPeriod().toNanos());
    }

    static ShardLimits limits(MarginConfig config) {
        return new ShardLimits(
                config.shards().count(),
                config.shards().queueCapacity(),
                config.shards().maxOpenTransfers(),
                config.calls().retryAfter(),
                new CommitLimits(
                        config.journal().maxBatch(),
                        config.journal().maxPending(),
                        config.journal().stallLimit(),
                        config.journal().retryMin(),
                        config.journal().retryMax()));
    }

    private static String processName() {
        String process = "process " + ProcessHandle.current().pid();
        try {
            return process + " on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return process + " on a host without a name";
        }
    }
}
