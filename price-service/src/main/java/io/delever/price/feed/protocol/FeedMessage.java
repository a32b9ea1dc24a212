package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one received message means. One object is filled again and again, so that reading a message
 * allocates nothing; it belongs to one feed and one thread.
 */
public final class FeedMessage {
    /** Most prices in one message; the venues' snapshots have 50 to 1,000. */
    public static final int MAXIMUM_TICKS = 4_096;

    private static final int FIRST_ROOM = 64;

    private final Map<FeedRejection, Integer> rejections = new EnumMap<>(FeedRejection.class);
    private FeedMessageKind kind = FeedMessageKind.IGNORED;
    private int count;
    private int rejected;
    private int[] markets = new int[FIRST_ROOM];
    private Channel[] channels = new Channel[FIRST_ROOM];
    private long[] prices = new long[FIRST_ROOM];
    private long[] sizes = new long[FIRST_ROOM];
    private long[] times = new long[FIRST_ROOM];
    private long[] firsts = new long[FIRST_ROOM];
    private long[] lasts = new long[FIRST_ROOM];
    private boolean[] numbered = new boolean[FIRST_ROOM];
    private boolean timedByVenue;
    private boolean hasConnectionSequence;
    private long connectionSequence;
    private Optional<String> venueError = Optional.empty();

    void clear() {
        kind = FeedMessageKind.IGNORED;
        count = 0;
        if (rejected > 0) {
            rejections.clear();
            rejected = 0;
        }
        timedByVenue = true;
        hasConnectionSequence = false;
        venueError = Optional.empty();
    }

    void kind(FeedMessageKind value) {
        kind = value;
    }

    /** Counts a rejection. */
    void reject(FeedRejection reason) {
        rejections.merge(reason, 1, Integer::sum);
        rejected++;
    }

    /** The venue's own words, for the log. */
    void venueError(String words) {
        reject(FeedRejection.VENUE_ERROR);
        venueError = Optional.of(words);
    }

    /** The text was broken: nothing of it counts. */
    void discard(FeedRejection reason) {
        clear();
        reject(reason);
        kind = FeedMessageKind.REJECTED;
    }

    void connectionSequence(long value) {
        hasConnectionSequence = true;
        connectionSequence = value;
    }

    /** The prices have the time of their arrival, because the venue sends none. */
    void timedByArrival() {
        timedByVenue = false;
    }

    /** Begins a price; it counts once it is kept. False where the message has too many. */
    boolean begin(Channel channel, int market) {
        if (count == MAXIMUM_TICKS) {
            reject(FeedRejection.TOO_MANY_TICKS);
            return false;
        }
        if (count == prices.length) {
            grow();
        }
        markets[count] = market;
        channels[count] = channel;
        numbered[count] = false;
        sizes[count] = 0;
        return true;
    }

    private void grow() {
        int room = Math.min(MAXIMUM_TICKS, count * 2);
        markets = Arrays.copyOf(markets, room);
        channels = Arrays.copyOf(channels, room);
        prices = Arrays.copyOf(prices, room);
        sizes = Arrays.copyOf(sizes, room);
        times = Arrays.copyOf(times, room);
        firsts = Arrays.copyOf(firsts, room);
        lasts = Arrays.copyOf(lasts, room);
        numbered = Arrays.copyOf(numbered, room);
    }

    void price(long priceE8, long sizeE8) {
        prices[count] = priceE8;
        sizes[count] = sizeE8;
    }

    void time(long eventTimeNanos) {
        times[count] = eventTimeNanos;
    }

    void sequence(long first, long last) {
        numbered[count] = true;
        firsts[count] = first;
        lasts[count] = last;
    }

    void keep() {
        count++;
    }

    /** Turns the order round where the venue put the newest trade first. */
    void oldestFirst() {
        for (int i = 1; i < count; i++) {
            if (!numbered[i] || lasts[i] >= lasts[i - 1] || markets[i] != markets[i - 1]) {
                return;
            }
        }
        for (int i = 0, j = count - 1; i < j; i++, j--) {
            swap(i, j);
        }
    }

    private void swap(int i, int j) {
        swap(prices, i, j);
        swap(sizes, i, j);
        swap(times, i, j);
        swap(firsts, i, j);
        swap(lasts, i, j);
    }

    private static void swap(long[] values, int i, int j) {
        long kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }

    /** What is left says what the message was. */
    void conclude() {
        if (count > 0) {
            kind = FeedMessageKind.TICKS;
        } else if (rejected > 0) {
            kind = FeedMessageKind.REJECTED;
        }
    }

    /** What it was. */
    public FeedMessageKind kind() {
        return kind;
    }

    /** How many prices it has. */
    public int count() {
        return count;
    }

    /** How many rejections it has, of the message or of single prices. */
    public int rejected() {
        return rejected;
    }

    /** How many rejections for each reason; valid until the next message is read. */
    public Map<FeedRejection, Integer> rejections() {
        return Collections.unmodifiableMap(rejections);
    }

    /** Index of the market of a price. */
    public int market(int index) {
        return markets[index];
    }

    /** Where a price comes from. */
    public Channel channel(int index) {
        return channels[index];
    }

    /** A price × 10⁸, greater than 0. */
    public long priceE8(int index) {
        return prices[index];
    }

    /** Size in base units × 10⁸, 0 or more; 0 for a quote. */
    public long sizeE8(int index) {
        return sizes[index];
    }

    /** When the venue saw it, since the Unix epoch. */
    public long eventTimeNanos(int index) {
        return times[index];
    }

    /** Whether the venue numbers it. */
    public boolean isNumbered(int index) {
        return numbered[index];
    }

    /** The first number that it covers. */
    public long firstSequence(int index) {
        return firsts[index];
    }

    /** The last number that it covers. */
    public long lastSequence(int index) {
        return lasts[index];
    }

    /** Whether the times are the venue's and not those of arrival. */
    public boolean isTimedByVenue() {
        return timedByVenue;
    }

    /** Whether the venue numbers the messages of the connection. */
    public boolean hasConnectionSequence() {
        return hasConnectionSequence;
    }

    /** The number of this message on its connection. */
    public long connectionSequence() {
        return connectionSequence;
    }

    /** What the venue says where it reports an error; at most 160 characters. */
    public Optional<String> venueError() {
        return venueError;
    }
}
