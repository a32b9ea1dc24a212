package io.delever.liquidation.metrics;

import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.FundBalance;
import io.delever.engine.money.Money;
import io.delever.liquidation.core.CaseMetrics;
import io.delever.liquidation.core.UnreachableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts and times through Micrometer. */
public final class MicrometerCaseMetrics implements CaseMetrics {
    private final MeterRegistry registry;
    private final Timer firstOrder;

    /** Counts here. */
    public MicrometerCaseMetrics(MeterRegistry registry) {
        this.registry = registry;
        firstOrder =
                Timer.builder("delever.liquidation.detection.to.order")
                        .description("From the report of an account to the first order of its case")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
    }

    /** Shows these whenever the metrics are read. */
    public void watch(Supplier<Number> running, Supplier<Number> broken, Supplier<Number> readers) {
        Gauge.builder("delever.liquidation.cases.running", running)
                .description("Cases under way, waiting ones included")
                .register(registry);
        Gauge.builder("delever.liquidation.cases.broken", broken)
                .description("Cases that met a broken invariant")
                .register(registry);
        Gauge.builder("delever.liquidation.case.streams", readers)
                .description("Open case streams")
                .register(registry);
    }

    /** Shows the fund; called again where its assets may have changed. */
    public void showFund(List<FundBalance> balances) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (FundBalance balance : balances) {
            Tags tags = Tags.of("asset", balance.asset().value());
            rows.add(MultiGauge.Row.of(tags.and("figure", "balance"), units(balance.balance())));
            rows.add(MultiGauge.Row.of(tags.and("figure", "reserved"), units(balance.reserved())));
            rows.add(MultiGauge.Row.of(tags.and("figure", "paid"), units(balance.paid())));
        }
        MultiGauge.builder("delever.liquidation.fund")
                .description("Insurance fund, in units of the asset")
                .register(registry)
                .register(rows, true);
    }

    @Override
    public void persisted(CaseEvent event) {
        count("delever.liquidation.case.events", "event", event.getClass().getSimpleName());
        if (event instanceof CaseEvent.Closed closed) {
            count(
                    "delever.liquidation.cases.closed",
                    "outcome",
                    closed.outcome().name().toLowerCase(Locale.ROOT));
        }
        if (event instanceof CaseEvent.AttemptFailed failed) {
            count(
                    "delever.liquidation.attempts.failed",
                    "reason",
                    failed.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public void firstOrder(Duration afterDetection) {
        firstOrder.record(afterDetection);
    }

    @Override
    public void unreachable(UnreachableException.Peer peer) {
        count("delever.liquidation.unreachable", "peer", peer.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void broken() {
        registry.counter("delever.liquidation.invariants.broken").increment();
    }

    /** For display only. */
    private static double units(Money amount) {
        return BigDecimal.valueOf(amount.e8(), 8).doubleValue();
    }

    private void count(String name, String tag, String value) {
        registry.counter(name, tag, value).increment();
    }
}
