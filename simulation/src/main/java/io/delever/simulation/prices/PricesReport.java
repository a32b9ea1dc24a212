package io.delever.simulation.prices;

import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.simulation.report.SvgPlot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The report: a page with plots, the same bytes for the same recording. */
final class PricesReport {
    /** 21:00 UTC. */
    private static final long FROM = 1_760_130_000L * MarketRun.SECOND;

    private static final long COLUMN = 10 * MarketRun.SECOND;
    private static final int COLUMNS = 360;
    private static final double E8 = 1e8;
    private static final String BLACK = "#1a1a1a";
    private static final String BLUE = "#2166ac";
    private static final String RED = "#b2182b";
    private static final String GREEN = "#1b7837";
    private static final String ORANGE = "#e08214";
    private static final String GREY = "#9e9e9e";

    /**
     * The coin whose plots are shown: its perpetual fell to half, and it is priced most of the
     * hour.
     */
    private static final String SHOWN = "AAVE";

    private PricesReport() {}

    /** The files by their names: a page in Markdown and its plots. */
    static Map<String, String> of(PricesEvaluation evaluation) {
        Map<String, String> files = new TreeMap<>();
        StringBuilder page = new StringBuilder(1 << 14);
        page.append(HEAD).append("\n```\n").append(PricesText.of(evaluation)).append("```\n\n");
        page.append(PLOTS);
        for (MarketRun run : evaluation.runs()) {
            if (run.base().equals(SHOWN)) {
                add(files, page, run.tampering().name().toLowerCase(Locale.ROOT), plot(run));
            }
        }
        page.append(COLLATERAL);
        add(files, page, "usde", plot(evaluation.collateral()));
        files.put("README.md", page.toString());
        return files;
    }

    private static void add(
            Map<String, String> files, StringBuilder page, String name, SvgPlot plot) {
        String file = name + ".svg";
        files.put(file, plot.file());
        page.append("\n![").append(plot.title()).append("](").append(file).append(")\n");
    }

    static SvgPlot plot(MarketRun run) {
        SvgPlot plot =
                new SvgPlot(run.base() + " in USD, " + run.tampering().label(), labels())
                        .shade("STALE", RED, states(run, PricesReport::isUnusable))
                        .shade("DEGRADED", GREY, states(run, PricesReport::isDegraded));
        return plot.line("perpetual", ORANGE, venue(run, MarketRun.PERPETUAL))
                .line("Gemini", GREEN, venue(run, MarketRun.GEMINI))
                .line("Coinbase", BLUE, venue(run, MarketRun.COINBASE))
                .line("mark", RED, lowest(run, each -> each.price().state().usableMark()))
                .line("index", BLACK, lowest(run, each -> each.price().state().usableIndex()));
    }

    static SvgPlot plot(CollateralRun run) {
        List<CollateralRun.Minute> minutes = run.minutes();
        List<String> labels =
                minutes.stream()
                        .map(each -> Instant.ofEpochSecond(0, each.timeNanos()).toString())
                        .map(text -> text.substring(11, 16))
                        .toList();
        return new SvgPlot("USDe in USD, minute by minute", labels)
                .line("lowest at the venue", ORANGE, prices(minutes, m -> Optional.of(m.venue())))
                .line("pool", BLUE, prices(minutes, m -> Optional.of(m.pool())))
                .line("collateral price", BLACK, prices(minutes, m -> m.outside()));
    }

    private static double[] prices(
            List<CollateralRun.Minute> minutes,
            Function<CollateralRun.Minute, Optional<Price>> which) {
        return minutes.stream().mapToDouble(each -> shown(which.apply(each))).toArray();
    }

    private static double shown(Optional<Price> price) {
        return price.map(known -> known.e8() / E8).orElse(Double.NaN);
    }

    private static boolean isUnusable(Moment moment) {
        return !moment.price().state().isUsable();
    }

    private static boolean isDegraded(Moment moment) {
        return moment.price().state() instanceof PriceState.Degraded;
    }

    private static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < COLUMNS; i++) {
            labels.add(Instant.ofEpochSecond(0, FROM + i * COLUMN).toString().substring(11, 16));
        }
        return labels;
    }

    private static int column(Moment moment) {
        return Math.toIntExact(Math.floorDiv(moment.timeNanos() - FROM, COLUMN));
    }

    private static BitSet states(MarketRun run, Predicate<Moment> is) {
        BitSet on = new BitSet(COLUMNS);
        for (Moment moment : run.moments()) {
            int column = column(moment);
            if (column >= 0 && column < COLUMNS && is.test(moment)) {
                on.set(column);
            }
        }
        return on;
    }

    private static double[] venue(MarketRun run, String venue) {
        return lowest(run, each -> Optional.ofNullable(each.fresh().get(venue)));
    }

    private static double[] lowest(MarketRun run, Function<Moment, Optional<Price>> which) {
        double[] values = new double[COLUMNS];
        Arrays.fill(values, Double.NaN);
        for (Moment moment : run.moments()) {
            int column = column(moment);
            double value = shown(which.apply(moment));
            if (column >= 0 && column < COLUMNS && !(values[column] <= value)) {
                values[column] = Double.isNaN(value) ? values[column] : value;
            }
        }
        return values;
    }

    private static final String HEAD =
            """
            # Prices of October 10 2025

            Written by `./delever prices FOLDER --out docs/prices` from recorded trades that are not part of this repository. Every
            price went tick by tick through the engine that price-service runs. `!` behind a coin means that its rule did not hold,
            and the command then ends with exit code 1.
            """;

    private static final String PLOTS =
            """
            ## AAVE from 21:00 to 22:00 UTC

            Steps of 10 s; each line is at its lowest price of the step. Behind the lines stands the worst state in the step: STALE
            (nothing may be liquidated on it, and there is neither index nor mark) or DEGRADED (some venues left out). The perpetual
            is also taken as the venue's own book: the mark follows it to the band of 2 % around the index and no farther. A line
            that ends has no trade for longer than the staleness limit of 20 s.

            The recording has three venues for a coin. Where no two of them agreed within 1 % there is no index, rather than one that
            a single venue makes: that was so for most of the hour after the fall.
            """;

    private static final String COLLATERAL =
            """

            ## USDe as collateral

            Redemption is taken as 1 all day, from the issuer's account of it; it is not in the recording. The pool is the oracle.
            The line of the collateral price is the one with the venue that fell as an outside venue.
            """;
}
