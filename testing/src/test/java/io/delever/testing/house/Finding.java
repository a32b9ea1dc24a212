package io.delever.testing.house;

/** A place that breaks a rule, printed so that an editor can jump to it. */
record Finding(String rule, String file, int line, String message) implements Comparable<Finding> {
    /** The number of the line that holds a place of a text. */
    static int lineOf(String text, int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The same place with another message. */
    Finding with(String other) {
        return new Finding(rule, file, line, other);
    }

    @Override
    public int compareTo(Finding other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : rule.compareTo(other.rule);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + rule + " " + message;
    }
}
