package io.delever.price.feed.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The markets of one feed, found by the bytes of their symbol without making a string. */
public final class FeedMarkets {
    /** Most markets of one feed; more go to a second feed with its own connection. */
    public static final int MAXIMUM = 512;

    static final int NONE = -1;

    private final List<FeedMarket> markets;
    private final byte[][] symbols;
    private final int[] slots;
    private final int mask;

    /**
     * Takes the markets over.
     *
     * @throws IllegalArgumentException where there are none, too many, or two with one symbol
     */
    public FeedMarkets(List<FeedMarket> markets) {
        if (markets.isEmpty() || markets.size() > MAXIMUM) {
            throw new IllegalArgumentException(
                    "markets of a feed: %d, 1 to %d".formatted(markets.size(), MAXIMUM));
        }
        this.markets = List.copyOf(markets);
        this.symbols = new byte[markets.size()][];
        this.slots = new int[Integer.highestOneBit(markets.size()) * 4];
        this.mask = slots.length - 1;
        Arrays.fill(slots, NONE);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < symbols.length; i++) {
            String symbol = markets.get(i).symbol();
            if (!seen.add(symbol)) {
                throw new IllegalArgumentException("the market " + symbol + " is named twice");
            }
            symbols[i] = symbol.getBytes(StandardCharsets.US_ASCII);
            int slot = hash(symbols[i], 0, symbols[i].length) & mask;
            while (slots[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
    }

    /** All of them, in the order of their index. */
    public List<FeedMarket> all() {
        return markets;
    }

    /** The market with this index. */
    public FeedMarket get(int index) {
        return markets.get(index);
    }

    /** How many there are. */
    public int size() {
        return markets.size();
    }

    /** Index of the market with this symbol, or {@link #NONE}. */
    int find(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & mask;
        while (slots[slot] != NONE) {
            byte[] symbol = symbols[slots[slot]];
            if (Arrays.equals(symbol, 0, symbol.length, bytes, from, to)) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ (hash >>> 15);
    }
}
