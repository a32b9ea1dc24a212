package io.delever.simulation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** A summary as text for people and as JSON for tools. */
public final class SummaryFormat {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SummaryFormat() {}

    /** The summary for a person, ending with a line feed. */
    public static String text(RunSummary summary) {
        List<String> lines = new ArrayList<>();
        RunSummary.Header header = summary.header();
        lines.add(
                "Scenario %s, seed %d, %s to %s"
                        .formatted(header.scenario(), header.seed(), header.from(), header.to()));
        RunSummary.Ticks ticks = summary.ticks();
        lines.add(
                "Ticks            %,d in, %,d accepted, %s rejected, %,d bad rows"
                        .formatted(
                                ticks.in(),
                                ticks.accepted(),
                                counts(ticks.rejected()),
                                ticks.badRows()));
        lines.add(
                "Accounts         %,d traders, %,d market makers, %,d liquidated"
                        .formatted(
                                summary.accounts().traders(),
                                summary.accounts().makers(),
                                summary.accounts().liquidated()));
        RunSummary.Cases cases = summary.cases();
        lines.add("Cases            %,d: %s".formatted(cases.opened(), counts(cases.outcomes())));
        lines.add(
                "Closed at venue  %s, fees to the fund %s"
                        .formatted(cases.closedNotional(), cases.fees()));
        RunSummary.Fund fund = summary.fund();
        lines.add(
                "Insurance fund   %s contributed + %s fees - %s paid = %s"
                        .formatted(fund.contributions(), fund.fees(), fund.paid(), fund.balance()));
        lines.add(
                "ADL              %s closed against %,d accounts"
                        .formatted(summary.adl().notional(), summary.adl().accounts()));
        lines.add("Service restarts " + header.restarts());
        lines.add("");
        lines.add(
                "%-12s %14s %14s %8s %14s %9s %9s"
                        .formatted(
                                "Instrument",
                                "opening",
                                "lowest index",
                                "fall",
                                "lowest venue",
                                "amplif.",
                                "displac."));
        for (RunSummary.InstrumentMove move : summary.instruments()) {
            lines.add(
                    "%-12s %14s %14s %8s %14s %9s %9s"
                            .formatted(
                                    move.id(),
                                    move.opening(),
                                    move.lowest(),
                                    percent(move.fallPpm()),
                                    move.venueLowest(),
                                    percent(move.amplificationPpm()),
                                    percent(move.displacementPpm())));
        }
        lines.add("");
        for (RunSummary.Check check : summary.checks()) {
            lines.add(
                    (check.holds() ? "holds   " : "BROKEN  ")
                            + check.name()
                            + ": "
                            + check.detail());
        }
        return String.join("\n", lines) + "\n";
    }

    /** The summary for a tool: one JSON object, decimals as strings. */
    public static String json(RunSummary summary) {
        Map<String, Object> root = new LinkedHashMap<>();
        RunSummary.Header header = summary.header();
        root.put("scenario", header.scenario());
        root.put("seed", header.seed());
        root.put("from", header.from());
        root.put("to", header.to());
        root.put("serviceRestarts", header.restarts());
        Map<String, Object> ticks = new LinkedHashMap<>();
        ticks.put("in", summary.ticks().in());
        ticks.put("accepted", summary.ticks().accepted());
        ticks.put("rejected", summary.ticks().rejected());
        ticks.put("badRows", summary.ticks().badRows());
        root.put("ticks", ticks);
        Map<String, Object> accounts = new LinkedHashMap<>();
        accounts.put("traders", summary.accounts().traders());
        accounts.put("marketMakers", summary.accounts().makers());
        accounts.put("liquidated", summary.accounts().liquidated());
        root.put("accounts", accounts);
        root.put("cases", cases(summary.cases()));
        root.put("insuranceFund", fund(summary.fund()));
        Map<String, Object> adl = new LinkedHashMap<>();
        adl.put("notional", summary.adl().notional().toString());
        adl.put("accounts", summary.adl().accounts());
        root.put("autoDeleveraging", adl);
        root.put("instruments", summary.instruments().stream().map(SummaryFormat::move).toList());
        root.put("checks", summary.checks().stream().map(SummaryFormat::check).toList());
        root.put("holds", summary.holds());
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            DefaultIndenter indent = new DefaultIndenter("  ", "\n");
            printer.indentObjectsWith(indent);
            printer.indentArraysWith(indent);
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary is plain maps", e);
        }
    }

    /** A share in ppm as a percentage with two decimals, rounded toward zero. */
    public static String percent(long ppm) {
        long hundredths = ppm / 100;
        return "%s%d.%02d%%"
                .formatted(
                        hundredths < 0 ? "-" : "",
                        Math.abs(hundredths) / 100,
                        Math.abs(hundredths) % 100);
    }

    private static Map<String, Object> cases(RunSummary.Cases cases) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("opened", cases.opened());
        map.put("outcomes", cases.outcomes());
        map.put("closedNotional", cases.closedNotional().toString());
        map.put("fees", cases.fees().toString());
        return map;
    }

    private static Map<String, Object> fund(RunSummary.Fund fund) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("contributions", fund.contributions().toString());
        map.put("fees", fund.fees().toString());
        map.put("paid", fund.paid().toString());
        map.put("balance", fund.balance().toString());
        return map;
    }

    private static Map<String, Object> move(RunSummary.InstrumentMove move) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", move.id());
        map.put("openingIndex", move.opening().toString());
        map.put("lowestIndex", move.lowest().toString());
        map.put("fallPpm", move.fallPpm());
        map.put("lowestVenuePrice", move.venueLowest().toString());
        map.put("amplificationPpm", move.amplificationPpm());
        map.put("greatestDisplacementPpm", move.displacementPpm());
        return map;
    }

    private static Map<String, Object> check(RunSummary.Check check) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", check.name());
        map.put("holds", check.holds());
        map.put("detail", check.detail());
        return map;
    }

    private static String counts(SortedMap<String, Long> counts) {
        if (counts.isEmpty()) {
            return "none";
        }
        List<String> parts = new ArrayList<>();
        counts.forEach(
                (name, count) ->
                        parts.add(
                                "%,d %s"
                                        .formatted(
                                                count,
                                                name.toLowerCase(Locale.ROOT).replace('_', ' '))));
        return String.join(", ", parts);
    }
}
