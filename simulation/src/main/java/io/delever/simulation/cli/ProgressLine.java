package io.delever.simulation.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * One line that is written over and over at a terminal, and now and then a line of its own
 * elsewhere.
 */
final class ProgressLine {
    private static final long BETWEEN_LINES_NANOS = 10_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private int width;
    private long lastNanos = System.nanoTime() - BETWEEN_LINES_NANOS;

    ProgressLine(PrintWriter out) {
        this.out = out;
        this.terminal = isTerminal();
    }

    /** Whether a person looks at this process. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** A line that stays. */
    synchronized void say(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Where it stands now. */
    synchronized void show(String text) {
        if (terminal) {
            clear();
            out.print(text);
            out.flush();
            width = text.length();
        } else if (System.nanoTime() - lastNanos >= BETWEEN_LINES_NANOS) {
            lastNanos = System.nanoTime();
            out.println(text);
            out.flush();
        }
    }

    private void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }
}
