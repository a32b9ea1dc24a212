package io.delever.liquidation.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.AdlAllocation;
import io.delever.engine.liquidation.AdlTerms;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFill;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderPlan;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.liquidation.WaitReason;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Case events as JSON text, written by hand so that a renamed class never changes what is stored.
 * Numbers are scaled integers with the unit in the field's name (LSVC-011).
 */
final class CaseEventCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CaseEventCodec() {}

    /** An event as it is stored. */
    record Encoded(String kind, String payload) {}

    static Encoded encode(CaseEvent event) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        return new Encoded(kind(event, to), to.toString());
    }

    /**
     * Reads an event back.
     *
     * @throws IllegalStateException if the text was not written by {@link #encode}
     */
    static CaseEvent decode(String kind, long timeNanos, String payload) {
        try {
            return decode(kind, new Reader(JSON.readTree(payload), timeNanos));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + kind + " is no JSON: " + payload, e);
        }
    }

    private static String kind(CaseEvent event, ObjectNode to) {
        return switch (event) {
            case CaseEvent.Opened e -> opened(e, to);
            case CaseEvent.Frozen e -> {
                ArrayNode unpriced = to.putArray("unpricedInstrumentIds");
                e.unpriced().forEach(id -> unpriced.add(id.value()));
                to.put("retryAtNanos", e.retryAtNanos());
                yield "FROZEN";
            }
            case CaseEvent.Unfrozen e -> "UNFROZEN";
            case CaseEvent.AttemptFailed e -> {
                to.put("reason", e.reason().name()).put("explanation", e.explanation());
                to.put("retryAtNanos", e.retryAtNanos());
                yield "ATTEMPT_FAILED";
            }
            case CaseEvent.OrderPlanned e -> {
                to.put("step", e.step()).put("explanation", e.explanation());
                put(to.putObject("plan"), e.plan());
                yield "ORDER_PLANNED";
            }
            case CaseEvent.FundReserved e -> {
                money(to, e.step(), e.asset(), e.amount());
                yield "FUND_RESERVED";
            }
            case CaseEvent.OrderAbandoned e -> {
                to.put("step", e.step()).put("retryAtNanos", e.retryAtNanos());
                yield "ORDER_ABANDONED";
            }
            case CaseEvent.OrderEnded e -> {
                put(to, e);
                yield "ORDER_ENDED";
            }
            case CaseEvent.FillBooked e -> {
                money(to, e.step(), e.asset(), e.fee());
                to.put("fillId", e.fillId());
                yield "FILL_BOOKED";
            }
            case CaseEvent.FillRefused e -> {
                to.put("step", e.step()).put("fillId", e.fillId()).put("reason", e.reason());
                yield "FILL_REFUSED";
            }
            case CaseEvent.OrderFinished e -> {
                money(to, e.step(), e.asset(), e.released());
                to.put("nextAtNanos", e.nextAtNanos());
                yield "ORDER_FINISHED";
            }
            case CaseEvent.StepsExhausted e -> {
                to.put("limit", e.limit()).put("retryAtNanos", e.retryAtNanos());
                yield "STEPS_EXHAUSTED";
            }
            case CaseEvent.Closed e -> closed(e, to);
            case CaseEvent.AdlPlanned e -> adl(e, to);
            case CaseEvent.AdlCounterpartyBooked e -> adl(e, to);
            case CaseEvent.AdlLegRefused e -> adl(e, to);
            case CaseEvent.AdlLegBooked e -> adl(e, to);
            case CaseEvent.AdlFinished e -> adl(e, to);
            case CaseEvent.AdlPaused e -> adl(e, to);
            case CaseEvent.DrawPlanned e -> draw(e, to);
            case CaseEvent.FundDrawn e -> draw(e, to);
            case CaseEvent.SettlementBooked e -> draw(e, to);
            case CaseEvent.SettlementRefused e -> draw(e, to);
            case CaseEvent.Uncovered e -> draw(e, to);
        };
    }

    private static String opened(CaseEvent.Opened e, ObjectNode to) {
        to.put("caseId", e.caseId().value()).put("accountId", e.account().value());
        to.put("equityE8", e.equity().e8());
        to.put("maintenanceMarginE8", e.maintenanceMargin().e8());
        return "OPENED";
    }

    private static String closed(CaseEvent.Closed e, ObjectNode to) {
        to.put("outcome", e.outcome().name()).put("explanation", e.explanation());
        ArrayNode released = to.putArray("released");
        for (CaseEvent.Held held : e.released()) {
            released.addObject()
                    .put("assetId", held.asset().value())
                    .put("amountE8", held.amount().e8());
        }
        return "CLOSED";
    }

    private static String adl(CaseEvent.AdlPlanned e, ObjectNode to) {
        to.put("step", e.step()).put("explanation", e.explanation());
        to.putObject("terms")
                .put("instrumentId", e.terms().instrument().value())
                .put("sizeE8", e.terms().size().e8())
                .put("priceE8", e.terms().price().e8())
                .put("markE8", e.terms().mark().e8());
        ArrayNode allocations = to.putArray("allocations");
        for (AdlAllocation allocation : e.allocations()) {
            allocations
                    .addObject()
                    .put("accountId", allocation.counterparty().value())
                    .put("sizeE8", allocation.size().e8());
        }
        return "ADL_PLANNED";
    }

    private static String adl(CaseEvent.AdlCounterpartyBooked e, ObjectNode to) {
        to.put("step", e.step()).put("leg", e.leg());
        return "ADL_COUNTERPARTY_BOOKED";
    }

    private static String adl(CaseEvent.AdlLegRefused e, ObjectNode to) {
        to.put("step", e.step()).put("leg", e.leg()).put("reason", e.reason());
        return "ADL_LEG_REFUSED";
    }

    private static String adl(CaseEvent.AdlLegBooked e, ObjectNode to) {
        to.put("step", e.step()).put("leg", e.leg());
        return "ADL_LEG_BOOKED";
    }

    private static String adl(CaseEvent.AdlFinished e, ObjectNode to) {
        to.put("step", e.step()).put("nextAtNanos", e.nextAtNanos());
        return "ADL_FINISHED";
    }

    private static String adl(CaseEvent.AdlPaused e, ObjectNode to) {
        to.put("reason", e.reason()).put("untilNanos", e.untilNanos());
        return "ADL_PAUSED";
    }

    private static String draw(CaseEvent.DrawPlanned e, ObjectNode to) {
        money(to, e.step(), e.asset(), e.deficit());
        to.put("explanation", e.explanation());
        return "DRAW_PLANNED";
    }

    private static String draw(CaseEvent.FundDrawn e, ObjectNode to) {
        money(to, e.step(), e.asset(), e.amount());
        to.put("releasedE8", e.released().e8());
        return "FUND_DRAWN";
    }

    private static String draw(CaseEvent.SettlementBooked e, ObjectNode to) {
        to.put("step", e.step());
        return "SETTLEMENT_BOOKED";
    }

    private static String draw(CaseEvent.SettlementRefused e, ObjectNode to) {
        to.put("step", e.step()).put("reason", e.reason()).put("retryAtNanos", e.retryAtNanos());
        return "SETTLEMENT_REFUSED";
    }

    private static String draw(CaseEvent.Uncovered e, ObjectNode to) {
        to.put("deficitE8", e.deficit().e8()).put("retryAtNanos", e.retryAtNanos());
        return "UNCOVERED";
    }

    private static void money(ObjectNode to, int step, AssetId asset, Money amount) {
        to.put("step", step).put("assetId", asset.value()).put("amountE8", amount.e8());
    }

    private static void put(ObjectNode to, OrderPlan plan) {
        to.put("instrumentId", plan.instrument().value())
                .put("settlementAssetId", plan.settlement().value())
                .put("sizeE8", plan.size().e8())
                .put("limitE8", plan.limit().e8())
                .put("markE8", plan.mark().e8())
                .put("liquidationFeePpm", plan.liquidationFee().ppm())
                .put("fundNeedE8", plan.fundNeed().e8());
        plan.bankruptcyPrice().ifPresent(price -> to.put("bankruptcyPriceE8", price.e8()));
    }

    private static void put(ObjectNode to, CaseEvent.OrderEnded e) {
        to.put("step", e.step())
                .put("status", e.status().name())
                .put("rejectReason", e.rejectReason());
        ArrayNode fills = to.putArray("fills");
        for (CaseFill fill : e.fills()) {
            fills.addObject()
                    .put("fillId", fill.fill().fillId())
                    .put("sizeE8", fill.fill().size().e8())
                    .put("priceE8", fill.fill().price().e8())
                    .put("feeE8", fill.fee().e8());
        }
    }

    private static CaseEvent decode(String kind, Reader in) {
        return switch (kind) {
            case "OPENED" ->
                    new CaseEvent.Opened(
                            new CaseId(in.text("caseId")),
                            new AccountId(in.text("accountId")),
                            in.money("equityE8"),
                            in.money("maintenanceMarginE8"),
                            in.time());
            case "FROZEN" -> {
                List<InstrumentId> unpriced = new ArrayList<>();
                in.items("unpricedInstrumentIds")
                        .forEach(item -> unpriced.add(new InstrumentId(item.node().asText())));
                yield new CaseEvent.Frozen(unpriced, in.number("retryAtNanos"), in.time());
            }
            case "UNFROZEN" -> new CaseEvent.Unfrozen(in.time());
            case "ATTEMPT_FAILED" ->
                    new CaseEvent.AttemptFailed(
                            WaitReason.valueOf(in.text("reason")),
                            in.text("explanation"),
                            in.number("retryAtNanos"),
                            in.time());
            case "ORDER_PLANNED" ->
                    new CaseEvent.OrderPlanned(
                            in.step(), plan(in.item("plan")), in.text("explanation"), in.time());
            case "FUND_RESERVED" ->
                    new CaseEvent.FundReserved(in.step(), in.asset(), in.amount(), in.time());
            case "ORDER_ABANDONED" ->
                    new CaseEvent.OrderAbandoned(in.step(), in.number("retryAtNanos"), in.time());
            case "ORDER_ENDED" -> orderEnded(in);
            case "FILL_BOOKED" ->
                    new CaseEvent.FillBooked(
                            in.step(), in.text("fillId"), in.asset(), in.amount(), in.time());
            case "FILL_REFUSED" ->
                    new CaseEvent.FillRefused(
                            in.step(), in.text("fillId"), in.text("reason"), in.time());
            case "ORDER_FINISHED" ->
                    new CaseEvent.OrderFinished(
                            in.step(),
                            in.asset(),
                            in.amount(),
                            in.number("nextAtNanos"),
                            in.time());
            case "STEPS_EXHAUSTED" ->
                    new CaseEvent.StepsExhausted(
                            in.integer("limit"), in.number("retryAtNanos"), in.time());
            case "CLOSED" -> closed(in);
            default -> decodeLater(kind, in);
        };
    }

    private static CaseEvent decodeLater(String kind, Reader in) {
        return switch (kind) {
            case "ADL_PLANNED" -> adlPlanned(in);
            case "ADL_COUNTERPARTY_BOOKED" ->
                    new CaseEvent.AdlCounterpartyBooked(in.step(), in.integer("leg"), in.time());
            case "ADL_LEG_REFUSED" ->
                    new CaseEvent.AdlLegRefused(
                            in.step(), in.integer("leg"), in.text("reason"), in.time());
            case "ADL_LEG_BOOKED" ->
                    new CaseEvent.AdlLegBooked(in.step(), in.integer("leg"), in.time());
            case "ADL_FINISHED" ->
                    new CaseEvent.AdlFinished(in.step(), in.number("nextAtNanos"), in.time());
            case "ADL_PAUSED" ->
                    new CaseEvent.AdlPaused(in.text("reason"), in.number("untilNanos"), in.time());
            case "DRAW_PLANNED" ->
                    new CaseEvent.DrawPlanned(
                            in.step(), in.asset(), in.amount(), in.text("explanation"), in.time());
            case "FUND_DRAWN" ->
                    new CaseEvent.FundDrawn(
                            in.step(), in.asset(), in.amount(), in.money("releasedE8"), in.time());
            case "SETTLEMENT_BOOKED" -> new CaseEvent.SettlementBooked(in.step(), in.time());
            case "SETTLEMENT_REFUSED" ->
                    new CaseEvent.SettlementRefused(
                            in.step(), in.text("reason"), in.number("retryAtNanos"), in.time());
            case "UNCOVERED" ->
                    new CaseEvent.Uncovered(
                            in.money("deficitE8"), in.number("retryAtNanos"), in.time());
            default -> throw new IllegalStateException("unknown kind of stored event: " + kind);
        };
    }

    private static CaseEvent closed(Reader in) {
        List<CaseEvent.Held> released = new ArrayList<>();
        in.items("released")
                .forEach(item -> released.add(new CaseEvent.Held(item.asset(), item.amount())));
        return new CaseEvent.Closed(
                CaseOutcome.valueOf(in.text("outcome")),
                released,
                in.text("explanation"),
                in.time());
    }

    private static CaseEvent adlPlanned(Reader in) {
        Reader terms = in.item("terms");
        List<AdlAllocation> allocations = new ArrayList<>();
        in.items("allocations")
                .forEach(
                        item ->
                                allocations.add(
                                        new AdlAllocation(
                                                new AccountId(item.text("accountId")),
                                                item.quantity("sizeE8"))));
        return new CaseEvent.AdlPlanned(
                in.step(),
                new AdlTerms(
                        new InstrumentId(terms.text("instrumentId")),
                        terms.quantity("sizeE8"),
                        terms.price("priceE8"),
                        terms.price("markE8")),
                allocations,
                in.text("explanation"),
                in.time());
    }

    private static CaseEvent orderEnded(Reader in) {
        List<CaseFill> fills = new ArrayList<>();
        in.items("fills")
                .forEach(
                        item ->
                                fills.add(
                                        new CaseFill(
                                                new OrderFill(
                                                        item.text("fillId"),
                                                        item.quantity("sizeE8"),
                                                        item.price("priceE8")),
                                                item.money("feeE8"),
                                                CaseFill.Stage.RECORDED)));
        return new CaseEvent.OrderEnded(
                in.step(),
                OrderStatus.valueOf(in.text("status")),
                fills,
                in.text("rejectReason"),
                in.time());
    }

    private static OrderPlan plan(Reader in) {
        return new OrderPlan(
                new InstrumentId(in.text("instrumentId")),
                new AssetId(in.text("settlementAssetId")),
                in.quantity("sizeE8"),
                in.price("limitE8"),
                in.price("markE8"),
                in.has("bankruptcyPriceE8")
                        ? Optional.of(in.price("bankruptcyPriceE8"))
                        : Optional.empty(),
                new Rate(in.number("liquidationFeePpm")),
                in.money("fundNeedE8"));
    }

    /** Reads fields and refuses where one is missing. */
    private record Reader(JsonNode node, long time) {
        boolean has(String name) {
            return node.hasNonNull(name);
        }

        JsonNode field(String name) {
            if (!has(name)) {
                throw new IllegalStateException("a stored event has no " + name + ": " + node);
            }
            return node.get(name);
        }

        String text(String name) {
            return field(name).asText();
        }

        long number(String name) {
            JsonNode value = field(name);
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new IllegalStateException(name + " of a stored event is no integer: " + node);
            }
            return value.longValue();
        }

        int integer(String name) {
            return Math.toIntExact(number(name));
        }

        int step() {
            return integer("step");
        }

        AssetId asset() {
            return new AssetId(text("assetId"));
        }

        Money amount() {
            return money("amountE8");
        }

        Money money(String name) {
            return new Money(number(name));
        }

        Quantity quantity(String name) {
            return new Quantity(number(name));
        }

        Price price(String name) {
            return new Price(number(name));
        }

        Reader item(String name) {
            return new Reader(field(name), time);
        }

        List<Reader> items(String name) {
            List<Reader> items = new ArrayList<>();
            field(name).forEach(item -> items.add(new Reader(item, time)));
            return items;
        }
    }
}
