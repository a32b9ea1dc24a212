package io.delever.simulation.market;

import io.delever.simulation.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with recorded data. The files are found by name in the folder itself or in its folders
 * one level down.
 *
 * @param bars one-second bars of several venues
 * @param depth recorded depth of one book
 */
public record TapeFolder(Path bars, Path depth) {
    private static final String BARS = "trade_bars_1s_2050_2250utc.csv.gz";
    private static final String DEPTH = "binance_usdm_BTCUSDT_bookDepth_2025-10-10.csv.gz";

    /**
     * Finds the files.
     *
     * @param folder the data folder, or the folder of the day inside it
     * @throws ScenarioException naming folder and file where one is absent
     */
    public static TapeFolder find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ScenarioException("tape folder " + folder + " is not a folder");
        }
        return new TapeFolder(locate(folder, BARS), locate(folder, DEPTH));
    }

    /**
     * One file of it.
     *
     * @param name its name, wherever it is in the folder or one level down
     * @throws ScenarioException naming folder and file where it is absent
     */
    public static Path locate(Path folder, String name) {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> places =
                    Stream.concat(Stream.of(folder), inside.filter(Files::isDirectory).sorted())
                            .map(place -> place.resolve(name))
                            .filter(Files::isRegularFile)
                            .toList();
            if (places.isEmpty()) {
                throw new ScenarioException(
                        "tape folder " + folder + " and its folders hold no file " + name);
            }
            return places.getFirst();
        } catch (IOException e) {
            throw new ScenarioException(
                    "tape folder " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
