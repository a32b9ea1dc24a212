package io.delever.simulation;

import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A scenario for tests: three instruments, three venues, four minutes with a crash in the middle.
 */
public final class SmallScenario {
    private SmallScenario() {}

    /** The file's text. */
    public static String text() {
        try (InputStream in = SmallScenario.class.getResourceAsStream("/small-crash.json")) {
            if (in == null) {
                throw new IllegalStateException("small-crash.json is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario with 1,000,000 of depth in BTC-PERP, so that a level of 0.1 % holds 20,000. */
    public static Scenario withRoundBook() {
        return ScenarioReader.read(
                "small-crash.json",
                text().replaceFirst("\"depth\": \"600000\"", "\"depth\": \"1000000\""));
    }

    /** The scenario. */
    public static Scenario scenario() {
        return ScenarioReader.read("small-crash.json", text());
    }
}
