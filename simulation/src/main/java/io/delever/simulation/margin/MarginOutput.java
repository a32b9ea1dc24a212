package io.delever.simulation.margin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.PositionMargin;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes the calculator's answer, whose shape is {@code docs/schema/margin-output.schema.json}. */
final class MarginOutput {
    private final MarginInput input;
    private final JsonGenerator json;

    private MarginOutput(MarginInput input, JsonGenerator json) {
        this.input = input;
        this.json = json;
    }

    /** Evaluates and writes account after account, in the order of the input. */
    static void write(MarginInput input, Writer writer) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(writer);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        new MarginOutput(input, json).write();
        json.flush();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("accounts");
        for (AccountSnapshot account : input.accounts()) {
            write(account);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(AccountSnapshot account) throws IOException {
        AccountMargin margin =
                MarginCalculator.evaluate(account, input.market(), input.parameters());
        json.writeStartObject();
        text("accountId", account.id());
        json.writeObjectFieldStart("margin");
        text("state", margin.state());
        if (margin.figures().isPresent()) {
            write(margin.figures().get());
        }
        json.writeArrayFieldStart("positions");
        for (Position position : account.positions()) {
            write(account, position, margin);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unpricedInstrumentIds");
        for (InstrumentId id : margin.unpriced()) {
            json.writeString(id.value());
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(MarginFigures figures) throws IOException {
        text("equity", figures.equity());
        text("adjustedEquity", figures.adjustedEquity());
        text("initialMargin", figures.initialMargin());
        text("maintenanceMargin", figures.maintenanceMargin());
        text("freeCollateral", figures.freeCollateral());
        if (figures.equityRatioPpm().isPresent()) {
            text("equityRatio", ratio(figures.equityRatioPpm().getAsLong()));
        }
        text("notional", figures.notional());
        text("unrealizedPnl", figures.unrealizedPnl());
        optional("effectiveLeverage", figures.effectiveLeverage().map(MarginOutput::times));
    }

    private void write(AccountSnapshot account, Position position, AccountMargin margin)
            throws IOException {
        InstrumentId id = position.instrument();
        json.writeStartObject();
        text("instrumentId", id);
        text("size", position.size());
        text("entryCost", position.cost());
        optional("entryPrice", position.entryPrice());
        Optional<PositionMargin> figures =
                margin.figures()
                        .flatMap(
                                all ->
                                        all.positions().stream()
                                                .filter(one -> one.position().equals(position))
                                                .findFirst());
        if (figures.isPresent()) {
            text("markPrice", figures.get().mark());
            text("notional", figures.get().notional());
            text("unrealizedPnl", figures.get().unrealizedPnl());
            text("initialMargin", figures.get().initialMargin());
            text("maintenanceMargin", figures.get().maintenanceMargin());
            optional("liquidationPrice", liquidationPrice(account, id));
            optional(
                    "bankruptcyPrice",
                    MarginCalculator.bankruptcyPrice(
                            account, id, input.market(), input.parameters()));
        }
        optional("leverage", account.leverage(id).map(MarginOutput::times));
        json.writeEndObject();
    }

    private Optional<Price> liquidationPrice(AccountSnapshot account, InstrumentId id) {
        return MarginCalculator.liquidationPrice(account, id, input.market(), input.parameters());
    }

    private void text(String field, Object value) throws IOException {
        json.writeStringField(field, value.toString());
    }

    private void optional(String field, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            text(field, value.get());
        }
    }

    private static Rate times(Leverage leverage) {
        return new Rate(leverage.ppm());
    }

    /** A ratio may be negative, so it is no {@link Rate}. */
    private static String ratio(long ppm) {
        return BigDecimal.valueOf(ppm, 6).stripTrailingZeros().toPlainString();
    }
}
