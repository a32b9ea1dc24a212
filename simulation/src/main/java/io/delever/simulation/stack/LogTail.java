package io.delever.simulation.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log, for a message to a person. */
final class LogTail {
    private static final int LINES = 25;

    private LogTail() {}

    static String of(Path log) {
        try {
            if (!Files.exists(log)) {
                return "(no log at " + log + ")";
            }
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return "last lines of " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "(log " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
