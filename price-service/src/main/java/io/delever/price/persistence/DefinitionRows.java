package io.delever.price.persistence;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.FrozenLimit;
import io.delever.engine.pricing.IndexAverage;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexMethod;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.IndexWeights;
import io.delever.engine.pricing.OutlierRule;
import io.delever.engine.pricing.QuoteConversion;
import io.delever.engine.pricing.SourceId;
import io.delever.price.core.DefinitionCommand;
import java.util.Optional;

/** Between definitions and their rows. */
final class DefinitionRows {
    private DefinitionRows() {}

    static IndexDefinitionEntity entity(DefinitionCommand command, long version) {
        IndexDefinition definition = command.definition();
        IndexDefinitionEntity entity = new IndexDefinitionEntity();
        entity.instrumentId = definition.instrument().value();
        entity.version = version;
        entity.commandId = command.commandId();
        entity.minimumSources = definition.minimumSources();
        entity.outlierLimitPpm = definition.outlierLimit().ppm();
        entity.tickSizeE8 = definition.tickSize().e8();
        entity.receivedAtNanos = command.receivedAtNanos();
        IndexMethod method = definition.method();
        entity.outlierRule = method.outliers().name();
        entity.indexAverage = method.average().name();
        switch (method.weights()) {
            case IndexWeights.Fixed _ -> {}
            case IndexWeights.TrailingVolume(long window) -> entity.volumeWindowNanos = window;
        }
        entity.weightCapPpm = method.weightCap().ppm();
        entity.ownCapPpm = method.ownCap().ppm();
        method.frozen()
                .ifPresent(
                        frozen -> {
                            entity.frozenAfterNanos = frozen.afterNanos();
                            entity.frozenMovePpm = frozen.move().ppm();
                        });
        for (IndexSource source : definition.sources()) {
            entity.sources.add(row(source));
        }
        return entity;
    }

    private static IndexSourceEmbeddable row(IndexSource source) {
        IndexSourceEmbeddable row = new IndexSourceEmbeddable();
        row.venueId = source.id().venue().value();
        row.market = source.id().market();
        row.weight = source.weight();
        row.stalenessLimitNanos = source.stalenessLimitNanos();
        row.ownVenue = source.own();
        source.conversion()
                .ifPresent(
                        conversion -> {
                            row.rateInstrumentId = conversion.rate().value();
                            row.depegLimitPpm = conversion.depegLimit().ppm();
                        });
        return row;
    }

    static IndexDefinition definition(IndexDefinitionEntity entity) {
        return new IndexDefinition(
                new InstrumentId(entity.instrumentId),
                entity.sources.stream().map(DefinitionRows::source).toList(),
                entity.minimumSources,
                new Rate(entity.outlierLimitPpm),
                new Price(entity.tickSizeE8),
                method(entity));
    }

    private static IndexMethod method(IndexDefinitionEntity entity) {
        Optional<Long> window = Optional.ofNullable(entity.volumeWindowNanos);
        Optional<Long> move = Optional.ofNullable(entity.frozenMovePpm);
        return new IndexMethod(
                OutlierRule.valueOf(entity.outlierRule),
                IndexAverage.valueOf(entity.indexAverage),
                window.<IndexWeights>map(IndexWeights.TrailingVolume::new)
                        .orElseGet(IndexWeights.Fixed::new),
                new Rate(entity.weightCapPpm),
                new Rate(entity.ownCapPpm),
                Optional.ofNullable(entity.frozenAfterNanos)
                        .flatMap(after -> move.map(ppm -> new FrozenLimit(after, new Rate(ppm)))));
    }

    private static IndexSource source(IndexSourceEmbeddable row) {
        Optional<Long> depegLimit = Optional.ofNullable(row.depegLimitPpm);
        return new IndexSource(
                new SourceId(new VenueId(row.venueId), row.market),
                row.weight,
                row.stalenessLimitNanos,
                Optional.ofNullable(row.rateInstrumentId)
                        .flatMap(
                                rate ->
                                        depegLimit.map(
                                                ppm ->
                                                        new QuoteConversion(
                                                                new InstrumentId(rate),
                                                                new Rate(ppm)))),
                row.ownVenue);
    }
}
