package io.delever.simulation.adl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.delever.engine.deleveraging.AdlOutcome;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes the policies side by side, as text for people or JSON for tools. */
final class AdlTable {
    private static final int RATE_DECIMALS = 6;

    private AdlTable() {}

    static void text(String title, List<AdlOutcome> outcomes, PrintWriter out) {
        out.println(title);
        out.printf(
                Locale.ROOT,
                "%-24s %18s %18s %14s %14s %8s %9s %9s %10s %16s %8s%n",
                "policy",
                "needed",
                "taken",
                "overshoot",
                "missing",
                "accounts",
                "largest",
                "share",
                "leverage",
                "next deficit",
                "below 0");
        for (AdlOutcome outcome : outcomes) {
            AdlOutcome.Effects effects = outcome.effects();
            out.printf(
                    Locale.ROOT,
                    "%-24s %18s %18s %14s %14s %8d %8s%% %8s%% %10s %16s %8d%n",
                    outcome.policy(),
                    cents(outcome.budget()),
                    cents(outcome.taken()),
                    outcome.overshoot(),
                    cents(outcome.missing()),
                    outcome.winners(),
                    percent(effects.largestHaircut()),
                    percent(effects.concentration()),
                    leverage(effects.leverageAfterPpm()),
                    cents(effects.nextDeficit()),
                    effects.negativeAfter());
        }
        out.println();
    }

    static void json(List<AdlInput> inputs, Rate shock, PrintWriter out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("shock", shock.toString());
        json.writeArrayFieldStart("comparisons");
        for (AdlInput input : inputs) {
            json.writeStartObject();
            json.writeStringField("title", input.title());
            json.writeArrayFieldStart("policies");
            for (AdlOutcome outcome : input.outcomes(shock)) {
                write(outcome, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }

    private static void write(AdlOutcome outcome, JsonGenerator json) throws IOException {
        AdlOutcome.Effects effects = outcome.effects();
        json.writeStartObject();
        json.writeStringField("policy", outcome.policy().name());
        json.writeStringField("needed", outcome.budget().toString());
        json.writeStringField("taken", outcome.taken().toString());
        json.writeStringField("overshoot", outcome.overshoot().toString());
        json.writeStringField("missing", outcome.missing().toString());
        json.writeNumberField("accounts", outcome.winners());
        json.writeStringField("largestHaircut", effects.largestHaircut().toString());
        json.writeStringField("concentration", effects.concentration().toString());
        if (effects.leverageAfterPpm().isPresent()) {
            json.writeStringField(
                    "leverageAfter",
                    BigDecimal.valueOf(effects.leverageAfterPpm().getAsLong(), RATE_DECIMALS)
                            .toPlainString());
        }
        json.writeStringField("nextDeficit", effects.nextDeficit().toString());
        json.writeNumberField("negativeAfter", effects.negativeAfter());
        json.writeEndObject();
    }

    private static String cents(Money amount) {
        return String.format(
                Locale.ROOT,
                "%,.2f",
                BigDecimal.valueOf(amount.e8(), 8).setScale(2, RoundingMode.HALF_EVEN));
    }

    private static String percent(Rate rate) {
        return BigDecimal.valueOf(rate.ppm(), RATE_DECIMALS - 2)
                .setScale(2, RoundingMode.CEILING)
                .toPlainString();
    }

    private static String leverage(OptionalLong ppm) {
        return ppm.isEmpty()
                ? "-"
                : BigDecimal.valueOf(ppm.getAsLong(), RATE_DECIMALS)
                        .setScale(2, RoundingMode.CEILING)
                        .toPlainString();
    }
}
