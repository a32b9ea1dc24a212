package io.delever.simulation.scenario;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import java.util.List;

/** Reads the part of a scenario that says where ticks come from. */
final class MarketReader {
    private MarketReader() {}

    static MarketSpec market(JsonPlace place) {
        String source = place.get("source").text();
        MarketSpec market =
                switch (source) {
                    case "tape" -> new MarketSpec.Recorded();
                    case "seeded" -> seeded(place);
                    default ->
                            throw place.get("source")
                                    .wrong("value \"" + source + "\" is not tape or seeded");
                };
        place.end();
        return market;
    }

    private static MarketSpec.Seeded seeded(JsonPlace place) {
        List<MarketSpec.Phase> phases = place.get("phases").list(1, MarketReader::phase);
        long last = 0;
        for (MarketSpec.Phase phase : phases) {
            if (phase.untilNanos() <= last) {
                throw place.get("phases").wrong("each phase must end after the one before");
            }
            last = phase.untilNanos();
        }
        return new MarketSpec.Seeded(
                ScenarioReader.duration(place.get("step")),
                place.get("paths").list(1, MarketReader::path),
                place.get("venues").list(1, MarketReader::venue),
                phases);
    }

    private static MarketSpec.Path path(JsonPlace place) {
        MarketSpec.Path path =
                new MarketSpec.Path(
                        place.get("instrument").parsed(InstrumentId::new),
                        place.get("start").parsed(Price::parse),
                        ScenarioReader.factor(place.get("beta")),
                        nonNegative(place.get("ownVolatility")));
        place.end();
        return path;
    }

    private static MarketSpec.VenueHabit venue(JsonPlace place) {
        MarketSpec.VenueHabit habit =
                new MarketSpec.VenueHabit(
                        place.get("id").parsed(VenueId::new),
                        nonNegative(place.get("noise")),
                        ScenarioReader.share(place.get("quoteShare")).ppm(),
                        place.find("overshoot")
                                .map(ScenarioReader::factor)
                                .orElse(FixedPoint.ONE_PPM));
        place.end();
        return habit;
    }

    private static MarketSpec.Phase phase(JsonPlace place) {
        MarketSpec.Phase phase =
                new MarketSpec.Phase(
                        ScenarioReader.duration(place.get("until")),
                        ScenarioReader.signedPpm(place.get("move")),
                        nonNegative(place.get("volatility")));
        place.end();
        return phase;
    }

    private static long nonNegative(JsonPlace place) {
        return place.parsed(Rate::parse).ppm();
    }
}
