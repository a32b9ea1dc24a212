package io.delever.price.grpc;

import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.SourceExclusion;
import io.delever.contracts.price.v1.SourceExclusionReason;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.contracts.price.v1.TickRejection;
import io.delever.contracts.price.v1.TickRejectionReason;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState.Degraded;
import io.delever.engine.market.PriceState.Fresh;
import io.delever.engine.market.PriceState.Missing;
import io.delever.engine.market.PriceState.Stale;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.ExclusionReason;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.OutOfRangeException;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.price.core.BatchAnswer;
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
        return update.build();
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
        };
    }

    /** Refuses what is no definition with an {@link IllegalArgumentException}. */
    static io.delever.engine.pricing.IndexDefinition definition(IndexDefinition definition) {
        String id = shown(definition.getInstrumentId());
        // The types of the engine cannot hold these, so the limit is named here.
        requirePositive("outlier_limit_ppm", id, definition.getOutlierLimitPpm());
        requirePositive("tick_size_e8", id, definition.getTickSizeE8());
        return new io.delever.engine.pricing.IndexDefinition(
                new InstrumentId(definition.getInstrumentId()),
                definition.getSourcesList().stream().map(ProtoMapper::source).toList(),
                definition.getMinimumSources(),
                new Rate(definition.getOutlierLimitPpm()),
                new Price(definition.getTickSizeE8()));
    }

    private static void requirePositive(String field, String id, long value) {
        if (value < 1) {
            throw new OutOfRangeException(field, id, value, "at least 1");
        }
    }

    private static io.delever.engine.pricing.IndexSource source(IndexSource source) {
        return new io.delever.engine.pricing.IndexSource(
                new SourceId(new VenueId(source.getVenueId()), source.getMarket()),
                source.getWeight(),
                source.getStalenessLimitNanos());
    }

    static IndexDefinition definition(io.delever.engine.pricing.IndexDefinition definition) {
        return IndexDefinition.newBuilder()
                .setInstrumentId(definition.instrument().value())
                .addAllSources(definition.sources().stream().map(ProtoMapper::source).toList())
                .setMinimumSources(definition.minimumSources())
                .setOutlierLimitPpm(definition.outlierLimit().ppm())
                .setTickSizeE8(definition.tickSize().e8())
                .build();
    }

    private static IndexSource source(io.delever.engine.pricing.IndexSource source) {
        return IndexSource.newBuilder()
                .setVenueId(source.id().venue().value())
                .setMarket(source.id().market())
                .setWeight(source.weight())
                .setStalenessLimitNanos(source.stalenessLimitNanos())
                .build();
    }
}
