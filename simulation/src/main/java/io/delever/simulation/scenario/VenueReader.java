package io.delever.simulation.scenario;

import io.delever.engine.money.Rate;
import java.time.Duration;
import java.util.List;

/** Reads the part of a scenario that describes the paper venue. */
final class VenueReader {
    private static final int MOST_LEVELS_PER_PERCENT = 20;

    private VenueReader() {}

    static VenueSpec venue(JsonPlace place) {
        VenueSpec spec =
                new VenueSpec(
                        (int) place.get("levelsPerPercent").integer(1, MOST_LEVELS_PER_PERCENT),
                        ScenarioReader.duration(place.get("refill")),
                        depth(place.get("depth")));
        place.end();
        return spec;
    }

    private static VenueSpec.DepthSpec depth(JsonPlace place) {
        String source = place.get("source").text();
        VenueSpec.DepthSpec depth =
                switch (source) {
                    case "tape" -> new VenueSpec.RecordedDepth();
                    case "stated" -> stated(place.get("steps"));
                    default ->
                            throw place.get("source")
                                    .wrong("value \"" + source + "\" is not tape or stated");
                };
        place.end();
        return depth;
    }

    private static VenueSpec.StatedDepth stated(JsonPlace place) {
        List<VenueSpec.DepthStep> steps = place.list(1, VenueReader::step);
        long last = -1;
        for (VenueSpec.DepthStep step : steps) {
            if (last < 0 ? step.afterNanos() != 0 : step.afterNanos() <= last) {
                throw place.wrong("the first step must be at PT0S and each later than the last");
            }
            last = step.afterNanos();
        }
        return new VenueSpec.StatedDepth(steps);
    }

    private static VenueSpec.DepthStep step(JsonPlace place) {
        JsonPlace after = place.get("after");
        Duration duration = after.parsed(Duration::parse);
        if (duration.isNegative()) {
            throw after.wrong("value must not be negative");
        }
        List<Rate> cumulative =
                place.get("cumulative").list(VenueSpec.BANDS, p -> p.parsed(Rate::parse));
        place.end();
        return ScenarioReader.valid(
                place, () -> new VenueSpec.DepthStep(duration.toNanos(), cumulative));
    }
}
