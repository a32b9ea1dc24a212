package io.delever.engine.population;

import java.util.Arrays;

/**
 * The accounts with at most {@code width} entries, row after row. An entry is a key and a magnitude
 * of 24 significant bits; a row also has its base: what it is worth without any entry, less what is
 * kept back for rounding.
 */
final class Lane {
    private static final int FIRST_ROWS = 64;

    final int width;
    private char[] keys;
    private float[] sizes;
    private float[] bases;
    private double[] cash;
    private Row[] rows = new Row[FIRST_ROWS];
    private int count;

    Lane(int width) {
        this.width = width;
        keys = new char[FIRST_ROWS * width];
        sizes = new float[FIRST_ROWS * width];
        bases = new float[FIRST_ROWS];
        cash = new double[FIRST_ROWS];
    }

    int count() {
        return count;
    }

    Row row(int index) {
        return rows[index];
    }

    double cash(int index) {
        return cash[index];
    }

    char key(int index, int entry) {
        return keys[index * width + entry];
    }

    float size(int index, int entry) {
        return sizes[index * width + entry];
    }

    /** Appends a row and tells it where it is. */
    void add(Row row, Entries entries) {
        if (count == bases.length) {
            grow();
        }
        row.lane = this;
        row.index = count++;
        rows[row.index] = row;
        set(row.index, entries);
    }

    /** Replaces the entries of a row, which are at most {@code width}. */
    void set(int index, Entries entries) {
        int from = index * width;
        for (int j = 0; j < width; j++) {
            boolean used = j < entries.count;
            keys[from + j] = used ? entries.keys[j] : 0;
            sizes[from + j] = used ? entries.sizes[j] : 0;
        }
        bases[index] = entries.base;
        cash[index] = entries.cash;
    }

    /** Fills the gap of a row with the last one, whose old place the next new row takes. */
    void remove(int index) {
        int last = --count;
        if (index != last) {
            System.arraycopy(keys, last * width, keys, index * width, width);
            System.arraycopy(sizes, last * width, sizes, index * width, width);
            bases[index] = bases[last];
            cash[index] = cash[last];
            rows[index] = rows[last];
            rows[index].index = index;
        }
    }

    /**
     * The rows from {@code from} on, at most as many as {@code found} holds, that do not surely lie
     * above the line.
     *
     * @return how many were found
     */
    int notAbove(double[] line, int from, int[] found) {
        int to = Math.min(count, from + found.length);
        if (width == 1) {
            return notAboveOne(line, from, to, found);
        }
        return width == 2
                ? notAboveTwo(line, from, to, found)
                : notAboveMany(line, from, to, found);
    }

    private int notAboveOne(double[] line, int from, int to, int[] found) {
        int n = 0;
        for (int i = from; i < to; i++) {
            double slack = bases[i] + line[keys[i]] * sizes[i];
            if (!(slack >= 0)) {
                found[n++] = i;
            }
        }
        return n;
    }

    private int notAboveTwo(double[] line, int from, int to, int[] found) {
        int n = 0;
        for (int i = from; i < to; i++) {
            int at = 2 * i;
            double slack =
                    bases[i] + line[keys[at]] * sizes[at] + line[keys[at + 1]] * sizes[at + 1];
            if (!(slack >= 0)) {
                found[n++] = i;
            }
        }
        return n;
    }

    /** Widths above 2 are multiples of 4. */
    private int notAboveMany(double[] line, int from, int to, int[] found) {
        int n = 0;
        for (int i = from; i < to; i++) {
            double slack = bases[i];
            for (int at = i * width; at < (i + 1) * width; at += 4) {
                slack +=
                        line[keys[at]] * sizes[at]
                                + line[keys[at + 1]] * sizes[at + 1]
                                + (line[keys[at + 2]] * sizes[at + 2]
                                        + line[keys[at + 3]] * sizes[at + 3]);
            }
            if (!(slack >= 0)) {
                found[n++] = i;
            }
        }
        return n;
    }

    private void grow() {
        int capacity = 2 * count;
        keys = Arrays.copyOf(keys, capacity * width);
        sizes = Arrays.copyOf(sizes, capacity * width);
        bases = Arrays.copyOf(bases, capacity);
        cash = Arrays.copyOf(cash, capacity);
        rows = Arrays.copyOf(rows, capacity);
    }
}
