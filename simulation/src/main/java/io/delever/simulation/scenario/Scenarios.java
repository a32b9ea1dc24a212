package io.delever.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds scenarios: those that come along, by name, and any other, by path. */
public final class Scenarios {
    /** Names of the scenarios that come along. */
    public static final List<String> SHIPPED = List.of("seeded-crash", "october-10-2025");

    /** Largest scenario file that is read, in bytes. */
    public static final long MOST_BYTES = 4_000_000;

    private Scenarios() {}

    /**
     * Reads a scenario.
     *
     * @param nameOrPath the name of one that comes along, with or without {@code .json}, or a path
     * @throws ScenarioException where there is none, or something in it is wrong
     */
    public static Scenario load(String nameOrPath) {
        Path path = Path.of(nameOrPath);
        if (Files.isRegularFile(path)) {
            return ScenarioReader.read(nameOrPath, text(path));
        }
        String name = nameOrPath.replaceFirst("\\.json$", "");
        if (!SHIPPED.contains(name)) {
            throw new ScenarioException(
                    "scenario \"" + nameOrPath + "\" is neither a file nor one of " + SHIPPED);
        }
        String resource = "/scenarios/" + name + ".json";
        try (InputStream in = Scenarios.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ScenarioException("scenario " + name + " is missing from the program");
            }
            return ScenarioReader.read(
                    name + ".json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ScenarioException("scenario " + name + " cannot be read", e);
        }
    }

    private static String text(Path path) {
        try {
            long size = Files.size(path);
            if (size > MOST_BYTES) {
                throw new ScenarioException(path + ": " + size + " bytes, limit " + MOST_BYTES);
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new ScenarioException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
