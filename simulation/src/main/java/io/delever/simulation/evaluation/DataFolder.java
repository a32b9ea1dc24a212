package io.delever.simulation.evaluation;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The folder with recorded data: compressed tables, found by their paths inside it. */
final class DataFolder {
    private static final int MOST_BYTES = 200_000_000;

    private final Path root;

    DataFolder(Path root) {
        this.root = root;
    }

    /** The rows of a table with a head; empty where the file is not there. */
    Optional<List<Map<String, String>>> table(String path) {
        return text(path)
                .map(
                        text -> {
                            List<List<String>> lines = fields(text);
                            if (lines.isEmpty()) {
                                throw new CommandFailure(
                                        Main.EXIT_FAILED, root.resolve(path) + ": has no head");
                            }
                            return rows(path, lines);
                        });
    }

    /** The text of a compressed file; empty where it is not there. */
    Optional<String> text(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                throw new CommandFailure(
                        Main.EXIT_FAILED, file + ": is longer than " + MOST_BYTES + " bytes");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, file + ": cannot be read: " + e);
        }
    }

    private List<Map<String, String>> rows(String path, List<List<String>> lines) {
        List<String> head = lines.getFirst();
        List<Map<String, String>> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            List<String> line = lines.get(i);
            if (line.size() != head.size()) {
                throw new CommandFailure(
                        Main.EXIT_FAILED,
                        "%s, row %d: %d fields, expected %d"
                                .formatted(root.resolve(path), i + 1, line.size(), head.size()));
            }
            Map<String, String> row = new HashMap<>();
            for (int column = 0; column < line.size(); column++) {
                row.put(head.get(column), line.get(column));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Fields between commas; in quotes they may hold commas, line ends and doubled quotes. */
    static List<List<String>> fields(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (quoted && doubled) {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                field.append(c);
            } else if (c == ',') {
                line.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                line.add(field.toString());
                field.setLength(0);
                lines.add(line);
                line = new ArrayList<>();
            }
        }
        if (!line.isEmpty() || !field.isEmpty()) {
            line.add(field.toString());
            lines.add(line);
        }
        return lines;
    }
}
