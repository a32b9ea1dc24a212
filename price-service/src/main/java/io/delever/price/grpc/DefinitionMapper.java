package io.delever.price.grpc;

import io.delever.contracts.price.v1.IndexAverage;
import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexMethod;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.contracts.price.v1.OutlierRule;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.FrozenLimit;
import io.delever.engine.pricing.IndexWeights;
import io.delever.engine.pricing.OutOfRangeException;
import io.delever.engine.pricing.QuoteConversion;
import io.delever.engine.pricing.SourceId;
import java.util.Optional;

/** Between the contract's index definitions and the engine's. Holds no rule. */
final class DefinitionMapper {
    private DefinitionMapper() {}

    /** Refuses what is no definition with an {@link IllegalArgumentException}. */
    static io.delever.engine.pricing.IndexDefinition definition(IndexDefinition definition) {
        String id = ProtoMapper.shown(definition.getInstrumentId());
        // The types of the engine cannot hold these, so the limit is named here.
        requirePositive("outlier_limit_ppm", id, definition.getOutlierLimitPpm());
        requirePositive("tick_size_e8", id, definition.getTickSizeE8());
        return new io.delever.engine.pricing.IndexDefinition(
                new InstrumentId(definition.getInstrumentId()),
                definition.getSourcesList().stream().map(DefinitionMapper::source).toList(),
                definition.getMinimumSources(),
                new Rate(definition.getOutlierLimitPpm()),
                new Price(definition.getTickSizeE8()),
                method(id, definition.getMethod()));
    }

    private static io.delever.engine.pricing.IndexMethod method(String id, IndexMethod method) {
        requireNotNegative("weight_cap_ppm", id, method.getWeightCapPpm());
        requireNotNegative("own_cap_ppm", id, method.getOwnCapPpm());
        requireNotNegative("frozen_move_ppm", id, method.getFrozenMovePpm());
        boolean watches = method.getFrozenAfterNanos() != 0 || method.getFrozenMovePpm() != 0;
        return new io.delever.engine.pricing.IndexMethod(
                outliers(id, method.getOutlierRule()),
                average(id, method.getAverage()),
                method.getVolumeWindowNanos() == 0
                        ? new IndexWeights.Fixed()
                        : new IndexWeights.TrailingVolume(method.getVolumeWindowNanos()),
                method.getWeightCapPpm() == 0 ? Rate.ONE : new Rate(method.getWeightCapPpm()),
                new Rate(method.getOwnCapPpm()),
                watches
                        ? Optional.of(
                                new FrozenLimit(
                                        method.getFrozenAfterNanos(),
                                        new Rate(method.getFrozenMovePpm())))
                        : Optional.empty());
    }

    private static io.delever.engine.pricing.OutlierRule outliers(String id, OutlierRule rule) {
        return switch (rule) {
            case OUTLIER_RULE_UNSPECIFIED, OUTLIER_RULE_EXCLUDE ->
                    io.delever.engine.pricing.OutlierRule.EXCLUDE;
            case OUTLIER_RULE_CLAMP -> io.delever.engine.pricing.OutlierRule.CLAMP;
            case UNRECOGNIZED ->
                    throw new OutOfRangeException("outlier_rule", id, rule, "EXCLUDE or CLAMP");
        };
    }

    private static io.delever.engine.pricing.IndexAverage average(String id, IndexAverage average) {
        return switch (average) {
            case INDEX_AVERAGE_UNSPECIFIED, INDEX_AVERAGE_WEIGHTED_MEDIAN ->
                    io.delever.engine.pricing.IndexAverage.WEIGHTED_MEDIAN;
            case INDEX_AVERAGE_WEIGHTED_MEAN ->
                    io.delever.engine.pricing.IndexAverage.WEIGHTED_MEAN;
            case UNRECOGNIZED ->
                    throw new OutOfRangeException(
                            "average", id, average, "WEIGHTED_MEDIAN or WEIGHTED_MEAN");
        };
    }

    private static void requirePositive(String field, String id, long value) {
        if (value < 1) {
            throw new OutOfRangeException(field, id, value, "at least 1");
        }
    }

    private static void requireNotNegative(String field, String id, long value) {
        if (value < 0) {
            throw new OutOfRangeException(field, id, value, "at least 0");
        }
    }

    private static io.delever.engine.pricing.IndexSource source(IndexSource source) {
        return new io.delever.engine.pricing.IndexSource(
                new SourceId(new VenueId(source.getVenueId()), source.getMarket()),
                source.getWeight(),
                source.getStalenessLimitNanos(),
                conversion(source),
                source.getOwnVenue());
    }

    private static Optional<QuoteConversion> conversion(IndexSource source) {
        if (source.getRateInstrumentId().isEmpty() && source.getDepegLimitPpm() == 0) {
            return Optional.empty();
        }
        requirePositive(
                "depeg_limit_ppm",
                ProtoMapper.shown(source.getRateInstrumentId()),
                source.getDepegLimitPpm());
        return Optional.of(
                new QuoteConversion(
                        new InstrumentId(source.getRateInstrumentId()),
                        new Rate(source.getDepegLimitPpm())));
    }

    static IndexDefinition definition(io.delever.engine.pricing.IndexDefinition definition) {
        IndexDefinition.Builder message =
                IndexDefinition.newBuilder()
                        .setInstrumentId(definition.instrument().value())
                        .addAllSources(
                                definition.sources().stream()
                                        .map(DefinitionMapper::source)
                                        .toList())
                        .setMinimumSources(definition.minimumSources())
                        .setOutlierLimitPpm(definition.outlierLimit().ppm())
                        .setTickSizeE8(definition.tickSize().e8());
        // Unset means the standard method, and says so to clients that know no other.
        if (!definition.method().equals(io.delever.engine.pricing.IndexMethod.STANDARD)) {
            message.setMethod(method(definition.method()));
        }
        return message.build();
    }

    private static IndexMethod method(io.delever.engine.pricing.IndexMethod method) {
        IndexMethod.Builder message =
                IndexMethod.newBuilder()
                        .setOutlierRule(
                                switch (method.outliers()) {
                                    case EXCLUDE -> OutlierRule.OUTLIER_RULE_EXCLUDE;
                                    case CLAMP -> OutlierRule.OUTLIER_RULE_CLAMP;
                                })
                        .setAverage(
                                switch (method.average()) {
                                    case WEIGHTED_MEDIAN ->
                                            IndexAverage.INDEX_AVERAGE_WEIGHTED_MEDIAN;
                                    case WEIGHTED_MEAN -> IndexAverage.INDEX_AVERAGE_WEIGHTED_MEAN;
                                })
                        .setWeightCapPpm(method.weightCap().ppm())
                        .setOwnCapPpm(method.ownCap().ppm());
        switch (method.weights()) {
            case IndexWeights.Fixed _ -> {}
            case IndexWeights.TrailingVolume(long window) -> message.setVolumeWindowNanos(window);
        }
        method.frozen()
                .ifPresent(
                        frozen ->
                                message.setFrozenAfterNanos(frozen.afterNanos())
                                        .setFrozenMovePpm(frozen.move().ppm()));
        return message.build();
    }

    private static IndexSource source(io.delever.engine.pricing.IndexSource source) {
        IndexSource.Builder message =
                IndexSource.newBuilder()
                        .setVenueId(source.id().venue().value())
                        .setMarket(source.id().market())
                        .setWeight(source.weight())
                        .setStalenessLimitNanos(source.stalenessLimitNanos())
                        .setOwnVenue(source.own());
        source.conversion()
                .ifPresent(
                        conversion ->
                                message.setRateInstrumentId(conversion.rate().value())
                                        .setDepegLimitPpm(conversion.depegLimit().ppm()));
        return message.build();
    }
}
