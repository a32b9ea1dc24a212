package io.delever.liquidation.app;

import io.delever.engine.deleveraging.AdlOrder;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.liquidation.core.CaseHub;
import io.delever.liquidation.core.CasePorts;
import io.delever.liquidation.core.CaseSettings;
import io.delever.liquidation.core.CaseStore;
import io.delever.liquidation.core.FundDesk;
import io.delever.liquidation.core.Liquidator;
import io.delever.liquidation.feed.RiskFeed;
import io.delever.liquidation.feed.RiskFeedLimits;
import io.delever.liquidation.grpc.CallLimits;
import io.delever.liquidation.grpc.MarginClient;
import io.delever.liquidation.grpc.Replies;
import io.delever.liquidation.grpc.VenueClient;
import io.delever.liquidation.metrics.MicrometerCaseMetrics;
import io.delever.liquidation.persistence.PostgresCaseStore;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Puts the parts together; the only place that knows all of them. */
@ApplicationScoped
public class Wiring {
    private static final Logger LOG = Logger.getLogger(Liquidator.class);

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Replies replies() {
        return new Replies(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Produces
    @Singleton
    CallLimits callLimits(LiquidationConfig config) {
        return new CallLimits(
                config.caseStream().maxReaders(),
                Settings.of(config).adl(),
                new AdlOrder.Outlook(
                        new Rate(config.adl().outlookSizePpm()),
                        new Rate(config.adl().outlookGapPpm())));
    }

    @Produces
    @Singleton
    MicrometerCaseMetrics metrics(MeterRegistry registry) {
        return new MicrometerCaseMetrics(registry);
    }

    @Produces
    @Singleton
    CaseStore store(DataSource database) {
        return new PostgresCaseStore(database);
    }

    @Produces
    @Singleton
    CaseHub hub(LiquidationConfig config) {
        return new CaseHub(
                UUID.randomUUID().toString(),
                config.caseStream().history(),
                config.caseStream().maxReaders());
    }

    @Produces
    @Singleton
    CaseSettings settings(LiquidationConfig config) {
        return Settings.of(config);
    }

    @Produces
    @Singleton
    FundDesk fund(CaseStore store, CaseSettings settings) {
        return new FundDesk(store, settings.fundFloors());
    }

    @Produces
    @Singleton
    MarginClient margin(@GrpcClient("margin") Channel channel, LiquidationConfig config) {
        return new MarginClient(
                channel, config.calls().deadline(), Settings.of(config).parameters().margin());
    }

    @Produces
    @Singleton
    VenueClient venue(@GrpcClient("venue") Channel channel, LiquidationConfig config) {
        return new VenueClient(channel, config.calls().deadline(), config.calls().depthLevels());
    }

    @Produces
    @Singleton
    CasePorts ports(
            CaseStore store,
            MarginClient margin,
            VenueClient venue,
            MicrometerCaseMetrics metrics,
            InstantSource clock) {
        return new CasePorts(store, margin, venue, metrics, clock, Wiring::tell);
    }

    private static void tell(String what, Throwable cause, boolean broken) {
        if (broken) {
            LOG.error(what, cause);
        } else {
            LOG.debug(what, cause);
        }
    }

    @Produces
    @Singleton
    Liquidator liquidator(CaseSettings settings, CasePorts ports, CaseHub hub, FundDesk fund) {
        return new Liquidator(settings, ports, hub, fund);
    }

    @Produces
    @Singleton
    RiskFeed feed(
            @GrpcClient("margin") Channel channel,
            Liquidator liquidator,
            InstantSource clock,
            LiquidationConfig config) {
        return new RiskFeed(
                channel,
                liquidator,
                clock,
                new RiskFeedLimits(
                        config.calls().retryMin(),
                        config.calls().retryMax(),
                        config.calls().renewStreamAfter()));
    }

    /**
     * The configuration as the engine and the core understand it; out-of-range values end the
     * start.
     */
    static final class Settings {
        private Settings() {}

        static CaseSettings of(LiquidationConfig config) {
            Map<AssetId, Money> floors = new TreeMap<>();
            config.fund()
                    .floorsE8()
                    .orElse(List.of())
                    .forEach(
                            floor -> {
                                // An asset id may contain colons, an amount does not.
                                int colon = floor.lastIndexOf(':');
                                if (colon < 0) {
                                    throw new IllegalArgumentException(
                                            "delever.fund.floors-e8: ASSET:AMOUNT expected, got '"
                                                    + floor
                                                    + "'");
                                }
                                floors.put(
                                        new AssetId(floor.substring(0, colon).strip()),
                                        new Money(
                                                Long.parseLong(
                                                        floor.substring(colon + 1).strip())));
                            });
            return new CaseSettings(
                    parameters(config),
                    new CaseSettings.Adl(
                            policies(
                                    config.adl().policy(),
                                    config.adl().policyByInstrument().orElse(List.of())),
                            new AdlRequest.Limits(
                                    new Rate(config.adl().severityPpm()),
                                    new Rate(config.adl().profitCapPpm())),
                            config.adl().maxCandidates(),
                            config.adl().queueLength()),
                    floors,
                    config.cases().maxInFlight(),
                    config.cases().maxOpen(),
                    new CaseSettings.Retry(config.calls().retryMin(), config.calls().retryMax()));
        }

        /** Entries are {@code INSTRUMENT:POLICY} (LSVC-026). */
        static CaseSettings.Policies policies(AdlPolicy otherwise, List<String> entries) {
            Map<InstrumentId, AdlPolicy> byMarket = new HashMap<>();
            for (String entry : entries) {
                // An instrument id may contain colons, a policy does not.
                int colon = entry.lastIndexOf(':');
                String name = entry.substring(colon + 1).strip();
                AdlPolicy policy =
                        Arrays.stream(AdlPolicy.values())
                                .filter(one -> colon > 0 && one.name().equals(name))
                                .findFirst()
                                .orElseThrow(() -> wrongPolicy(entry));
                byMarket.put(new InstrumentId(entry.substring(0, colon).strip()), policy);
            }
            return new CaseSettings.Policies(otherwise, byMarket);
        }

        private static IllegalArgumentException wrongPolicy(String entry) {
            return new IllegalArgumentException(
                    "delever.adl.policy-by-instrument: INSTRUMENT:POLICY expected, got '"
                            + entry
                            + "'; policies are "
                            + Arrays.toString(AdlPolicy.values()));
        }

        private static LiquidationParameters parameters(LiquidationConfig config) {
            return new LiquidationParameters(
                    new LiquidationParameters.Sizing(
                            new Rate(config.sizing().targetEquityRatioPpm()),
                            new Rate(config.sizing().depthSharePpm()),
                            new Money(config.sizing().stepNotionalCapE8()),
                            new Money(config.sizing().dustNotionalE8())),
                    new Rate(config.sizing().slippageCollarPpm()),
                    new LiquidationParameters.Pace(
                            config.pace().attemptsBeforeAdl(),
                            config.pace().adlRounds(),
                            config.pace().stepLimit(),
                            config.pace().stepInterval().toNanos(),
                            config.pace().retryInterval().toNanos(),
                            config.pace().adlPause().toNanos()),
                    new MarginParameters(
                            new Rate(config.margin().callLevelPpm()),
                            config.margin().maxPositions()));
        }
    }
}
