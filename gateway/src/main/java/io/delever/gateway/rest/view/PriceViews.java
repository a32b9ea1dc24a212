package io.delever.gateway.rest.view;

import io.delever.contracts.price.v1.Candle;
import io.delever.contracts.price.v1.CandleInterval;
import io.delever.contracts.price.v1.ListCandlesResponse;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.SourceExclusion;
import io.delever.gateway.client.RecentPrices;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Prices as the gateway shows them. */
public final class PriceViews {
    /** Before the name of an interval on the wire. */
    public static final String CANDLE_INTERVAL = "CANDLE_INTERVAL_";

    private PriceViews() {}

    /** Every price, ordered by instrument. */
    public record PriceList(
            @Schema(description = "Sequence of the newest batch included.") long sequence,
            List<PriceView> prices) {}

    /** The newest price of one instrument. */
    public record PriceView(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(enumeration = {"FRESH", "DEGRADED", "STALE", "MISSING"}) String state,
            @Schema(description = "Absent while MISSING.") Optional<Decimal> indexPrice,
            @Schema(description = "Absent while MISSING.") Optional<Decimal> markPrice,
            @Schema(description = "Time of the newest tick behind this price.")
                    Optional<Timestamp> eventTime,
            Optional<Timestamp> computedAt,
            int sourcesUsed,
            int sourcesConfigured,
            @Schema(description = "Sources left out, and why.") List<ExclusionView> exclusions,
            @Schema(
                            description =
                                    "Why it is STALE although its sources might give a price.",
                            enumeration = {"HALTED", "VOLATILE"})
                    Optional<String> hold) {

        /** From the wire. */
        public static PriceView of(PriceUpdate price) {
            return new PriceView(
                    price.getInstrumentId(),
                    Views.name(price.getState(), "PRICE_STATE_"),
                    Views.decimal(price.hasIndexPriceE8(), price.getIndexPriceE8()),
                    Views.decimal(price.hasMarkPriceE8(), price.getMarkPriceE8()),
                    Timestamp.ofNonZero(price.getEventTimeNanos()),
                    Timestamp.ofNonZero(price.getComputedAtNanos()),
                    price.getSourcesUsed(),
                    price.getSourcesConfigured(),
                    price.getExclusionsList().stream().map(ExclusionView::of).toList(),
                    Optional.of(Views.name(price.getHold(), "PRICE_HOLD_"))
                            .filter(name -> !name.equals("UNSPECIFIED")));
        }
    }

    /** A source that takes no part in the index now. */
    public record ExclusionView(
            @Schema(examples = {"coinbase"}) String venueId,
            @Schema(examples = {"BTC-USD"}) String market,
            @Schema(enumeration = {"NEVER_SEEN", "STALE", "OUTLIER"}) String reason) {

        static ExclusionView of(SourceExclusion exclusion) {
            return new ExclusionView(
                    exclusion.getVenueId(),
                    exclusion.getMarket(),
                    Views.name(exclusion.getReason(), "SOURCE_EXCLUSION_REASON_"));
        }
    }

    /** Marks of the recent past, oldest first. */
    public record RecentPriceList(
            String instrumentId,
            @Schema(description = "Length of a bucket in seconds.") int bucketSeconds,
            List<BucketView> buckets) {

        /** From what the gateway has seen. */
        public static RecentPriceList of(String id, List<RecentPrices.Bucket> buckets) {
            return new RecentPriceList(
                    id,
                    Math.toIntExact(RecentPrices.BUCKET_NANOS / 1_000_000_000L),
                    buckets.stream().map(BucketView::of).toList());
        }
    }

    /** Candles of the index price, oldest first. */
    public record CandleList(
            String instrumentId,
            @Schema(enumeration = {"1S", "1M", "5M", "1H"}) String interval,
            @Schema(description = "The last one changes until its interval ends.")
                    List<CandleView> candles,
            @Schema(description = "from of the next page; absent on the last.")
                    Optional<Timestamp> nextFrom) {

        /** From the wire. */
        public static CandleList of(
                String instrumentId, CandleInterval interval, ListCandlesResponse response) {
            return new CandleList(
                    instrumentId,
                    Views.name(interval, CANDLE_INTERVAL),
                    response.getCandlesList().stream().map(CandleView::of).toList(),
                    Timestamp.ofNonZero(response.getNextFromNanos()));
        }
    }

    /** The index prices of one interval. */
    public record CandleView(
            Timestamp startTime,
            Decimal open,
            Decimal high,
            Decimal low,
            Decimal close,
            @Schema(description = "How many prices were published.") long updateCount) {

        static CandleView of(Candle candle) {
            return new CandleView(
                    new Timestamp(candle.getStartNanos()),
                    new Decimal(candle.getOpenPriceE8()),
                    new Decimal(candle.getHighPriceE8()),
                    new Decimal(candle.getLowPriceE8()),
                    new Decimal(candle.getClosePriceE8()),
                    candle.getUpdateCount());
        }
    }

    /** Marks of one bucket of time. */
    public record BucketView(
            Timestamp startTime, Decimal open, Decimal high, Decimal low, Decimal close) {

        static BucketView of(RecentPrices.Bucket bucket) {
            return new BucketView(
                    new Timestamp(bucket.startNanos()),
                    new Decimal(bucket.openE8()),
                    new Decimal(bucket.highE8()),
                    new Decimal(bucket.lowE8()),
                    new Decimal(bucket.closeE8()));
        }
    }
}
