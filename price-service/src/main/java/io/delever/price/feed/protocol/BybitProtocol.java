package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Bybit, version 5, one public stream (spot, linear or inverse, by the URL): {@code publicTrade}
 * and the first level of the book, which comes as snapshots only. Trades carry no number that could
 * show a gap.
 */
public final class BybitProtocol extends JsonProtocol {
    /** The spot stream takes no more in one request. */
    private static final int ARGUMENTS_PER_REQUEST = 10;

    private static final int TOPIC = 0;
    private static final int TYPE = 1;
    private static final int SENT = 2;
    private static final int MATCHED = 3;
    private static final int DATA = 4;
    private static final int SUCCESS = 5;
    private static final int OPERATION = 6;
    private static final int ANSWER = 7;
    private static final int TIME = 0;
    private static final int SYMBOL = 1;
    private static final int SIZE = 2;
    private static final int PRICE = 3;
    private static final int BIDS = 4;
    private static final int ASKS = 5;
    private static final int UPDATE = 6;
    private static final byte[] TRADES = ascii("publicTrade.");
    private static final byte[] BEST = ascii("orderbook.1.");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] PONG = ascii("pong");

    private final Fields envelope =
            new Fields("topic", "type", "ts", "cts", "data", "success", "op", "ret_msg");
    private final Fields item = new Fields("T", "s", "v", "p", "b", "a", "u");

    /** A feed of these markets and channels. */
    public BybitProtocol(FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, envelope);
        if (after < 0) {
            return after;
        }
        if (reader.startsWith(envelope, TOPIC, TRADES)) {
            trades(message);
        } else if (reader.startsWith(envelope, TOPIC, BEST)) {
            best(message);
        } else if (!envelope.has(TOPIC)) {
            answer(message);
        }
        return after;
    }

    private void answer(FeedMessage message) {
        if (reader.isText(envelope, OPERATION, PONG) || reader.isText(envelope, ANSWER, PONG)) {
            message.kind(FeedMessageKind.HEARTBEAT);
        } else if (reader.isTrue(envelope, SUCCESS)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        } else if (envelope.has(SUCCESS)) {
            venueError(message);
        } else {
            unknown(message);
        }
    }

    private void trades(FeedMessage message) {
        if (!envelope.has(DATA)) {
            unknown(message);
            return;
        }
        int element = reader.firstElement(envelope.start(DATA));
        while (element >= 0) {
            int after = reader.object(element, item);
            if (after >= 0) {
                trade(message);
            }
            element = reader.nextElement(after);
        }
    }

    private void trade(FeedMessage message) {
        int market = market(item, SYMBOL);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(item, PRICE), reader.cutE8(item, SIZE));
            message.time(Times.numberNanos(reader, item, TIME));
            settle(message);
        }
    }

    /** A change without its snapshot is of no use; the venue sends none for the first level. */
    private void best(FeedMessage message) {
        if (!envelope.has(DATA)) {
            unknown(message);
        } else if (reader.isText(envelope, TYPE, SNAPSHOT)
                && reader.object(envelope.start(DATA), item) >= 0
                && message.begin(Channel.QUOTES, market(item, SYMBOL))) {
            quote(message, bestLevel(item, BIDS), bestLevel(item, ASKS));
            message.time(
                    Times.numberNanos(reader, envelope, envelope.has(MATCHED) ? MATCHED : SENT));
            long number = reader.integer(item, UPDATE);
            message.sequence(number, number);
            settle(message);
        }
    }

    @Override
    public List<String> subscribe(List<FeedMarket> markets) {
        return requests("subscribe", markets);
    }

    @Override
    public List<String> unsubscribe(List<FeedMarket> markets) {
        return requests("unsubscribe", markets);
    }

    private List<String> requests(String operation, List<FeedMarket> markets) {
        List<String> topics = new ArrayList<>();
        for (FeedMarket market : markets) {
            if (has(Channel.TRADES)) {
                topics.add(quoted("publicTrade." + market.symbol()));
            }
            if (has(Channel.QUOTES)) {
                topics.add(quoted("orderbook.1." + market.symbol()));
            }
        }
        return chunks(
                topics,
                ARGUMENTS_PER_REQUEST,
                part -> "{\"op\":\"%s\",\"args\":[%s]}".formatted(operation, part));
    }

    @Override
    public Heartbeat heartbeat() {
        return new Heartbeat(
                Duration.ofSeconds(15), Optional.of("{\"op\":\"ping\"}"), Duration.ofSeconds(40));
    }

    @Override
    public SendBudget sendBudget() {
        return new SendBudget(10, Duration.ofSeconds(1));
    }

    @Override
    public SequenceRule sequence(Channel channel) {
        return switch (channel) {
            case TRADES -> SequenceRule.NONE;
            case QUOTES -> SequenceRule.RISING;
        };
    }
}
