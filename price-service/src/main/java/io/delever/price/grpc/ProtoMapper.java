package io.delever.price.grpc;

import io.delever.contracts.price.v1.HoldChange;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceHold;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.SourceExclusion;
import io.delever.contracts.price.v1.SourceExclusionReason;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.contracts.price.v1.TickRejection;
import io.delever.contracts.price.v1.TickRejectionReason;
import io.delever.engine.market.PriceState.Degraded;
import io.delever.engine.market.PriceState.Fresh;
import io.delever.engine.market.PriceState.Missing;
import io.delever.engine.market.PriceState.Stale;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.engine.pricing.ExclusionReason;
import io.delever.engine.pricing.Hold;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.Tick;
import io.delever.price.core.BatchAnswer;
import io.delever.price.core.HaltCommand;
import io.delever.price.core.PriceBatch;
import java.util.List;

/** Between the contract's messages and the engine's types. Holds no rule. */
final class ProtoMapper {
    private static final int SHOWN_LENGTH = 64;

    private ProtoMapper() {}

    /** Text of a client, cut to a length that is safe to repeat. */
    static String shown(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }

    static List<Tick> ticks(List<io.delever.contracts.price.v1.Tick> ticks) {
        return ticks.stream().map(ProtoMapper::tick).toList();
    }

    private static Tick tick(io.delever.contracts.price.v1.Tick tick) {
        return new Tick(
                tick.getVenueId(),
                tick.getMarket(),
                tick.getPriceE8(),
                tick.getSizeE8(),
                tick.getEventTimeNanos());
    }

    static CandleInterval interval(io.delever.contracts.price.v1.CandleInterval interval) {
        return switch (interval) {
            case CANDLE_INTERVAL_1S -> CandleInterval.ONE_SECOND;
            case CANDLE_INTERVAL_1M -> CandleInterval.ONE_MINUTE;
            case CANDLE_INTERVAL_5M -> CandleInterval.FIVE_MINUTES;
            case CANDLE_INTERVAL_1H -> CandleInterval.ONE_HOUR;
            case CANDLE_INTERVAL_UNSPECIFIED, UNRECOGNIZED ->
                    throw ErrorMapper.invalid(
                            "INVALID_INTERVAL", "interval", interval.name(), "1S, 1M, 5M or 1H");
        };
    }

    static io.delever.contracts.price.v1.Candle candle(Candle candle) {
        return io.delever.contracts.price.v1.Candle.newBuilder()
                .setStartNanos(candle.startNanos())
                .setOpenPriceE8(candle.open().e8())
                .setHighPriceE8(candle.high().e8())
                .setLowPriceE8(candle.low().e8())
                .setClosePriceE8(candle.close().e8())
                .setUpdateCount(candle.updates())
                .build();
    }

    static IngestTicksResponse response(long batchId, BatchAnswer answer) {
        IngestTicksResponse.Builder response =
                IngestTicksResponse.newBuilder()
                        .setBatchId(batchId)
                        .setAcceptedCount(answer.accepted());
        for (BatchAnswer.RejectedTick each : answer.rejections()) {
            response.addRejections(
                    TickRejection.newBuilder()
                            .setIndex(each.index())
                            .setReason(reason(each.reason()))
                            .setDetail(each.detail()));
        }
        return response.build();
    }

    private static TickRejectionReason reason(
            io.delever.engine.pricing.TickRejectionReason reason) {
        return switch (reason) {
            case UNKNOWN_SOURCE -> TickRejectionReason.TICK_REJECTION_REASON_UNKNOWN_SOURCE;
            case NON_POSITIVE_PRICE -> TickRejectionReason.TICK_REJECTION_REASON_NON_POSITIVE_PRICE;
            case ABSURD_PRICE -> TickRejectionReason.TICK_REJECTION_REASON_ABSURD_PRICE;
            case TIME_IN_FUTURE -> TickRejectionReason.TICK_REJECTION_REASON_TIME_IN_FUTURE;
            case TIME_TOO_OLD -> TickRejectionReason.TICK_REJECTION_REASON_TIME_TOO_OLD;
            case OUT_OF_ORDER -> TickRejectionReason.TICK_REJECTION_REASON_OUT_OF_ORDER;
            case NEGATIVE_SIZE -> TickRejectionReason.TICK_REJECTION_REASON_NEGATIVE_SIZE;
        };
    }

    static StreamPricesResponse response(PriceBatch batch) {
        return StreamPricesResponse.newBuilder()
                .setEpoch(batch.epoch())
                .setSequence(batch.sequence())
                .setSnapshot(batch.snapshot())
                .addAllPrices(batch.prices().stream().map(ProtoMapper::update).toList())
                .build();
    }

    static PriceUpdate update(IndexPrice price) {
        PriceUpdate.Builder update =
                PriceUpdate.newBuilder()
                        .setInstrumentId(price.instrument().value())
                        .setComputedAtNanos(price.computedAtNanos())
                        .setSourcesUsed(price.sourcesUsed())
                        .setSourcesConfigured(price.sourcesConfigured());
        switch (price.state()) {
            case Fresh(Price index, Price mark, long time) ->
                    priced(update, PriceState.PRICE_STATE_FRESH, index, mark)
                            .setEventTimeNanos(time);
            case Degraded(Price index, Price mark, long time) ->
                    priced(update, PriceState.PRICE_STATE_DEGRADED, index, mark)
                            .setEventTimeNanos(time);
            case Stale(Price index, Price mark, long time) ->
                    priced(update, PriceState.PRICE_STATE_STALE, index, mark)
                            .setEventTimeNanos(time);
            case Missing missing -> update.setState(PriceState.PRICE_STATE_MISSING);
        }
        for (io.delever.engine.pricing.SourceExclusion each : price.exclusions()) {
            update.addExclusions(
                    SourceExclusion.newBuilder()
                            .setVenueId(each.source().venue().value())
                            .setMarket(each.source().market())
                            .setReason(reason(each.reason())));
        }
        price.hold().map(ProtoMapper::hold).ifPresent(update::setHold);
        return update.build();
    }

    private static PriceHold hold(Hold hold) {
        return switch (hold) {
            case HALTED -> PriceHold.PRICE_HOLD_HALTED;
            case VOLATILE -> PriceHold.PRICE_HOLD_VOLATILE;
        };
    }

    static HoldChange change(HaltCommand stored) {
        return HoldChange.newBuilder()
                .setInstrumentId(stored.instrument().value())
                .setHalted(stored.halted())
                .setReason(stored.reason())
                .setReceivedAtNanos(stored.receivedAtNanos())
                .build();
    }

    private static PriceUpdate.Builder priced(
            PriceUpdate.Builder update, PriceState state, Price index, Price mark) {
        return update.setState(state).setIndexPriceE8(index.e8()).setMarkPriceE8(mark.e8());
    }

    private static SourceExclusionReason reason(ExclusionReason reason) {
        return switch (reason) {
            case NEVER_SEEN -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_NEVER_SEEN;
            case STALE -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_STALE;
            case OUTLIER -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_OUTLIER;
            case FROZEN -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_FROZEN;
            case NO_RATE -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_NO_RATE;
            case DEPEGGED -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_DEPEGGED;
            case OWN_VENUE -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_OWN_VENUE;
            case CLAMPED -> SourceExclusionReason.SOURCE_EXCLUSION_REASON_CLAMPED;
        };
    }
}
