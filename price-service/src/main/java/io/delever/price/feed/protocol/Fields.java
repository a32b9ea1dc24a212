package io.delever.price.feed.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one JSON object that a protocol needs, and where in the bytes their values stand.
 * Filled by {@link JsonReader#object}; the order of the fields in a message is of no meaning.
 */
final class Fields {
    static final int NONE = -1;

    private static final int LONGEST_NAME = 32;

    private final byte[][] names;
    private final int[][] byLength;
    private final int[] starts;
    private final int[] ends;
    private long seen;

    /** Fields are numbered in the order of their names. */
    Fields(String... names) {
        this.names = new byte[names.length][];
        this.byLength = new int[LONGEST_NAME + 1][];
        this.starts = new int[names.length];
        this.ends = new int[names.length];
        List<List<Integer>> lengths = new ArrayList<>();
        for (int i = 0; i <= LONGEST_NAME; i++) {
            lengths.add(new ArrayList<>());
        }
        for (int i = 0; i < names.length; i++) {
            this.names[i] = names[i].getBytes(StandardCharsets.US_ASCII);
            lengths.get(names[i].length()).add(i);
        }
        Arrays.setAll(byLength, i -> lengths.get(i).stream().mapToInt(Integer::intValue).toArray());
    }

    void clear() {
        seen = 0;
    }

    /** Number of the field with this name, or {@link #NONE}. */
    int find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST_NAME) {
            return NONE;
        }
        for (int field : byLength[length]) {
            byte[] name = names[field];
            int i = 0;
            while (i < length && name[i] == bytes[from + i]) {
                i++;
            }
            if (i == length) {
                return field;
            }
        }
        return NONE;
    }

    /** Notes where a value stands; false where the field had one already. */
    boolean put(int field, int start, int end) {
        long bit = 1L << field;
        if ((seen & bit) != 0) {
            return false;
        }
        seen |= bit;
        starts[field] = start;
        ends[field] = end;
        return true;
    }

    boolean has(int field) {
        return (seen & (1L << field)) != 0;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }
}
