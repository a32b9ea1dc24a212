package io.delever.price.feed.protocol;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import io.delever.price.core.FeedRejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the venues have in common: one JSON object per message, checked prices, counted refusals.
 */
abstract class JsonProtocol implements VenueProtocol {
    private static final int SHOWN = 160;

    /** A product of 2^64 times half of 10^8 would be 2^63 after its division by 10^8. */
    private static final long HIGH_WORD_LIMIT = 50_000_000L;

    private static final long LARGEST_SUMMAND = Long.MAX_VALUE / 2;

    final JsonReader reader = new JsonReader();
    private final FeedMarkets markets;
    private final Set<Channel> channels;
    private final long[] contractSizes;
    private int frameFrom;
    private int frameTo;

    JsonProtocol(FeedMarkets markets, Collection<Channel> channels) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a feed needs trades or quotes");
        }
        this.markets = markets;
        this.channels = EnumSet.copyOf(channels);
        this.contractSizes =
                markets.all().stream().mapToLong(market -> market.contractSize().e8()).toArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public final FeedMarkets markets() {
        return markets;
    }

    final boolean has(Channel channel) {
        return channels.contains(channel);
    }

    @Override
    public final void read(byte[] frame, int from, int to, long arrivalNanos, FeedMessage message) {
        message.clear();
        reader.wrap(frame, from, to);
        frameFrom = from;
        frameTo = to;
        int start = reader.space(from);
        int first = reader.peek(start);
        if (first == '{') {
            int after = object(start, arrivalNanos, message);
            if (!reader.failed() && !reader.isEnd(after)) {
                reader.fail();
            }
        } else if (!plainText(start, message)) {
            message.reject(first == '[' ? FeedRejection.UNKNOWN_MESSAGE : FeedRejection.MALFORMED);
        }
        if (reader.failed()) {
            message.discard(reader.failure());
        } else {
            message.conclude();
        }
    }

    /** Reads the message that begins at a position; the position behind it. */
    abstract int object(int start, long arrivalNanos, FeedMessage message);

    /** Reads a message that is no object; false where the venue has none such. */
    boolean plainText(int start, FeedMessage message) {
        return false;
    }

    /** Counts an error that the venue reports, with the beginning of its words. */
    final void venueError(FeedMessage message) {
        int length = Math.min(SHOWN, frameTo - frameFrom);
        message.venueError(
                new String(reader.bytes(), frameFrom, length, StandardCharsets.UTF_8)
                        .replaceAll("[^ -~]", "?"));
    }

    /** The market that a field names. */
    final int market(Fields fields, int field) {
        return reader.market(fields, field, markets);
    }

    /** A trade's price and size; what cannot be is a problem. */
    final void trade(FeedMessage message, int market, long priceE8, long sizeE8) {
        if (priceE8 <= 0) {
            reader.problem(FeedRejection.NON_POSITIVE_PRICE);
        }
        if (sizeE8 < 0) {
            reader.problem(FeedRejection.NEGATIVE_SIZE);
        }
        message.price(priceE8, reader.hasProblem() ? 0 : baseUnits(market, sizeE8));
    }

    private long baseUnits(int market, long sizeE8) {
        long contract = contractSizes[market];
        if (contract == FixedPoint.ONE_E8) {
            return sizeE8;
        }
        if (Math.multiplyHigh(sizeE8, contract) >= HIGH_WORD_LIMIT) {
            reader.problem(FeedRejection.NUMBER_TOO_LARGE);
            return 0;
        }
        return FixedPoint.mulDiv(sizeE8, contract, FixedPoint.ONE_E8, Rounding.DOWN);
    }

    /** Best bid and ask as their mean, half-even (FEED-007). */
    final void quote(FeedMessage message, long bidE8, long askE8) {
        if (bidE8 <= 0 || askE8 <= 0) {
            reader.problem(FeedRejection.NON_POSITIVE_PRICE);
        } else if (bidE8 > askE8) {
            reader.problem(FeedRejection.CROSSED_QUOTE);
        } else if (askE8 > LARGEST_SUMMAND) {
            reader.problem(FeedRejection.NUMBER_TOO_LARGE);
        }
        if (!reader.hasProblem()) {
            message.price(FixedPoint.mulDiv(bidE8 + askE8, 1, 2, Rounding.HALF_EVEN), 0);
        }
    }

    /** Price of the first level of one side of a book; levels are arrays that begin with it. */
    final long bestLevel(Fields fields, int side) {
        if (!fields.has(side)) {
            reader.problem(FeedRejection.MISSING_FIELD);
            return 0;
        }
        int level = reader.firstElement(fields.start(side));
        if (level < 0) {
            reader.problem(FeedRejection.ONE_SIDED_QUOTE);
            return 0;
        }
        int price = reader.firstElement(level);
        int after = price < 0 ? JsonReader.NOWHERE : reader.skip(price);
        if (after < 0) {
            reader.problem(FeedRejection.MISSING_FIELD);
            return 0;
        }
        return reader.decimalE8(price, after, true);
    }

    /** Keeps the price that was begun, or counts why it is of no use. */
    final void settle(FeedMessage message) {
        if (reader.hasProblem()) {
            message.reject(reader.problem());
            reader.clearProblem();
        } else {
            message.keep();
        }
    }

    /** Counts a message that the protocol does not have. */
    final void unknown(FeedMessage message) {
        message.reject(FeedRejection.UNKNOWN_MESSAGE);
    }

    /** Requests for parts of a list, each of at most so many texts, joined by commas. */
    static List<String> chunks(List<String> texts, int most, Function<String, String> request) {
        List<String> requests = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += most) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + most));
            requests.add(request.apply(String.join(",", part)));
        }
        return requests;
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}
