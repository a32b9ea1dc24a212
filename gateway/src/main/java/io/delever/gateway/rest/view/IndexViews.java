package io.delever.gateway.rest.view;

import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexMethod;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the index of an instrument comes about; read and sent in the same form. */
public final class IndexViews {
    /** Nanoseconds of a millisecond. */
    public static final long MILLI = 1_000_000L;

    private static final String OUTLIER_RULE = "OUTLIER_RULE_";
    private static final String AVERAGE = "INDEX_AVERAGE_";

    private IndexViews() {}

    /** An index and its sources. */
    @Schema(requiredProperties = {"sources", "minimumSources", "outlierLimit", "tickSize"})
    public record IndexView(
            List<SourceView> sources,
            @Schema(description = "Fewest sources with which there is a price.") int minimumSources,
            @Schema(
                            description =
                                    "A source farther than this from the median of the fresh ones"
                                            + " is an outlier.",
                            examples = {"0.02"})
                    Ratio outlierLimit,
            @Schema(
                            description = "The index is a multiple of this.",
                            examples = {"0.01"})
                    Decimal tickSize,
            @Schema(description = "Absent for the weighted median without outliers.")
                    Optional<MethodView> method) {

        /** From the wire. */
        public static IndexView of(IndexDefinition definition) {
            return new IndexView(
                    definition.getSourcesList().stream().map(SourceView::of).toList(),
                    definition.getMinimumSources(),
                    new Ratio(definition.getOutlierLimitPpm()),
                    new Decimal(definition.getTickSizeE8()),
                    definition.hasMethod()
                            ? Optional.of(MethodView.of(definition.getMethod()))
                            : Optional.empty());
        }
    }

    /** One source of an index. */
    @Schema(requiredProperties = {"venueId", "market", "weight", "stalenessLimitMillis"})
    public record SourceView(
            @Schema(examples = {"coinbase"}) String venueId,
            @Schema(examples = {"BTC-USD"}) String market,
            @Schema(description = "Relative, > 0.") long weight,
            @Schema(
                            description =
                                    "After this long without a tick it is left out; shown in whole"
                                            + " ms.")
                    long stalenessLimitMillis,
            @Schema(description = "The instrument whose index is the price of its quote.")
                    Optional<String> rateInstrumentId,
            @Schema(description = "With a rate farther than this from 1 it is left out.")
                    Optional<Ratio> depegLimit,
            @Schema(description = "The venue's own market; absent means false.")
                    Optional<Boolean> ownVenue) {

        static SourceView of(IndexSource source) {
            return new SourceView(
                    source.getVenueId(),
                    source.getMarket(),
                    source.getWeight(),
                    source.getStalenessLimitNanos() / MILLI,
                    Optional.of(source.getRateInstrumentId()).filter(id -> !id.isEmpty()),
                    ratio(source.getDepegLimitPpm()),
                    Optional.of(source.getOwnVenue()).filter(own -> own));
        }
    }

    /** How sources become the price; what is absent is as without a method. */
    public record MethodView(
            @Schema(enumeration = {"EXCLUDE", "CLAMP"}) Optional<String> outlierRule,
            @Schema(enumeration = {"WEIGHTED_MEDIAN", "WEIGHTED_MEAN"}) Optional<String> average,
            @Schema(description = "Weights follow what was traded in this time.")
                    Optional<Long> volumeWindowMillis,
            @Schema(description = "Greatest share of one source.") Optional<Ratio> weightCap,
            @Schema(description = "Greatest share of the own market.") Optional<Ratio> ownCap,
            @Schema(description = "Left out after standing still for so long ...")
                    Optional<Long> frozenAfterMillis,
            @Schema(description = "... while the others went farther than this.")
                    Optional<Ratio> frozenMove) {

        static MethodView of(IndexMethod method) {
            return new MethodView(
                    name(Views.name(method.getOutlierRule(), OUTLIER_RULE)),
                    name(Views.name(method.getAverage(), AVERAGE)),
                    millis(method.getVolumeWindowNanos()),
                    ratio(method.getWeightCapPpm()),
                    ratio(method.getOwnCapPpm()),
                    millis(method.getFrozenAfterNanos()),
                    ratio(method.getFrozenMovePpm()));
        }

        private static Optional<String> name(String name) {
            return Optional.of(name).filter(each -> !each.equals("UNSPECIFIED"));
        }

        private static Optional<Long> millis(long nanos) {
            return Optional.of(nanos / MILLI).filter(each -> each > 0);
        }
    }

    private static Optional<Ratio> ratio(long ppm) {
        return Optional.of(ppm).filter(each -> each != 0).map(Ratio::new);
    }
}
