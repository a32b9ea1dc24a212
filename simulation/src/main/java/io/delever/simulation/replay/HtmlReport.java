package io.delever.simulation.replay;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.report.SummaryFormat;
import io.delever.simulation.report.SvgPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The report of a simulation: one HTML page without outside parts, the same bytes for the same run.
 */
public final class HtmlReport {
    private static final long MINUTE = 60_000_000_000L;
    private static final double E8 = 1e8;
    private static final int PLOTTED = 6;
    private static final String BLUE = "#2166ac";
    private static final String RED = "#b2182b";
    private static final String GREEN = "#1b7837";
    private static final List<String> BUCKETS =
            List.of("< 1", "1–1.25", "–1.5", "–2", "–3", "–5", "–10", "> 10", "no position");

    private HtmlReport() {}

    /**
     * The page.
     *
     * @param simulation a run that has ended
     * @param summary its summary
     */
    public static String of(Simulation simulation, RunSummary summary) {
        Measures measures = simulation.measures();
        List<Measures.Minute> minutes = measures.minutes();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i++) {
            long at = measures.fromNanos() + i * MINUTE;
            labels.add(EventLog.time(at).substring(11, 16));
        }
        StringBuilder page = new StringBuilder(1 << 16);
        page.append(head(simulation.scenario().name()));
        page.append("<p>")
                .append(SvgPlot.escape(simulation.scenario().description()))
                .append("</p>\n<pre>")
                .append(SvgPlot.escape(SummaryFormat.text(summary)))
                .append("</pre>\n");
        page.append(
                new SvgPlot("Accounts whose liquidation began, in each minute", labels)
                        .bars("cases opened", RED, values(minutes, one -> one.casesOpened()))
                        .html());
        page.append(
                new SvgPlot("Notional closed at the venue, in each minute", labels)
                        .bars("closed", BLUE, values(minutes, one -> one.closed().e8() / E8))
                        .html());
        page.append(
                new SvgPlot("Insurance fund", labels)
                        .line("balance", GREEN, values(minutes, one -> one.fundBalance().e8() / E8))
                        .html());
        page.append(
                new SvgPlot("Sentiment of the market, 0 extreme fear to 100 extreme greed", labels)
                        .line("score", RED, values(minutes, one -> one.scoreMicros() / 1e6))
                        .html());
        for (Simulation.Distribution one : simulation.distributions()) {
            double[] counts = one.counts().stream().mapToDouble(Long::doubleValue).toArray();
            page.append(
                    new SvgPlot("Equity ratio of the traders, " + one.label(), BUCKETS)
                            .bars("accounts", BLUE, counts)
                            .html());
        }
        measures.mostClosed().stream()
                .limit(PLOTTED)
                .forEach(id -> page.append(prices(id, minutes, labels)));
        return page.append("</main></body></html>\n").toString();
    }

    private static String prices(
            InstrumentId id, List<Measures.Minute> minutes, List<String> labels) {
        return new SvgPlot(id.value() + ": lowest price of each minute", labels)
                .line("index", BLUE, prices(minutes, Measures.Minute::lowestIndex, id))
                .line("paper venue", RED, prices(minutes, Measures.Minute::lowestFill, id))
                .html();
    }

    private static double[] prices(
            List<Measures.Minute> minutes,
            Function<Measures.Minute, SortedMap<InstrumentId, Price>> which,
            InstrumentId id) {
        return values(
                minutes,
                one -> {
                    Map<InstrumentId, Price> known = which.apply(one);
                    Price price = known.get(id);
                    return price == null ? Double.NaN : price.e8() / E8;
                });
    }

    private static double[] values(
            List<Measures.Minute> minutes, ToDoubleFunction<Measures.Minute> value) {
        return minutes.stream().mapToDouble(value).toArray();
    }

    private static String head(String name) {
        return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Simulation %s</title>
        <style>
        body{font:15px/1.45 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}
        main{max-width:920px;margin:0 auto;padding:1.5rem}
        pre{overflow-x:auto;background:#f4f4f4;padding:1rem;font-size:12px}
        figure{margin:1.5rem 0}figcaption{font-weight:600;margin-bottom:.3rem}
        svg{width:100%%;height:auto;font:11px system-ui,sans-serif}
        svg text{fill:#555}.g{stroke:#e3e3e3}
        </style></head><body><main><h1>Simulation %s</h1>
        """
                .formatted(SvgPlot.escape(name), SvgPlot.escape(name));
    }
}
