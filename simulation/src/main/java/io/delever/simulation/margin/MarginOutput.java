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
import io.delever.engine.margin.PositionOutlook;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
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

    private void write(AccountSnapshot account, Position position, AccountMargin shared)
            throws IOException {
        InstrumentId id = position.instrument();
        Optional<AccountMargin> own =
                MarginCalculator.evaluateIsolated(account, id, input.market(), input.parameters());
        AccountMargin margin = own.orElse(shared);
        json.writeStartObject();
        text("instrumentId", id);
        text("size", position.size());
        text("entryCost", position.cost());
        optional(
                "entryPrice",
                input.market().contractOf(id).priceOf(position.size(), position.cost()));
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
            write(
                    PositionOutlook.of(
                            account,
                            id,
                            input.market(),
                            input.parameters(),
                            Optional.ofNullable(input.volatilities().get(id))));
        }
        optional("leverage", account.leverage(id).map(MarginOutput::times));
        if (own.isPresent()) {
            isolated(account, id, own.get());
        }
        json.writeEndObject();
    }

    private void write(PositionOutlook outlook) throws IOException {
        optional("liquidationPrice", outlook.liquidationPrice());
        optional("bankruptcyPrice", outlook.bankruptcyPrice());
        if (outlook.distancePpm().isPresent()) {
            text("distance", ratio(outlook.distancePpm().getAsLong()));
        }
        if (outlook.distanceInVolatilityPpm().isPresent()) {
            text("distanceInVolatility", ratio(outlook.distanceInVolatilityPpm().getAsLong()));
        }
    }

    /** The part of an account that an isolated position is; its figures are those of an account. */
    private void isolated(AccountSnapshot account, InstrumentId id, AccountMargin own)
            throws IOException {
        json.writeObjectFieldStart("isolated");
        text("margin", account.isolatedMargins().getOrDefault(id, Money.ZERO));
        text("state", own.state());
        if (own.figures().isPresent()) {
            write(own.figures().get());
        }
        json.writeEndObject();
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
