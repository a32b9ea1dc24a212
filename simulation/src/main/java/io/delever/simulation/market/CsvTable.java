package io.delever.simulation.market;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A compressed table with plain fields: the first line names the columns. */
public final class CsvTable {
    private static final int MAX_ROWS = 1_000_000;

    private CsvTable() {}

    /** Every row by the names of the columns. */
    public static List<Map<String, String>> read(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            String head = reader.readLine();
            String[] names = head == null ? new String[0] : head.split(",", -1);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                if (fields.length != names.length || rows.size() >= MAX_ROWS) {
                    throw new CommandFailure(
                            Main.EXIT_FAILED,
                            "%s, line %d: %d fields, expected %d; at most %d rows"
                                    .formatted(
                                            file,
                                            rows.size() + 2,
                                            fields.length,
                                            names.length,
                                            MAX_ROWS));
                }
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], fields[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
