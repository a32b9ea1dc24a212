package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Binance spot and USD-M, market streams, combined ({@code …/stream}) or raw ({@code …/ws}):
 * aggregated trades and best bid and ask. Spot quotes have no time and get that of their arrival.
 */
public final class BinanceProtocol extends JsonProtocol {
    /** What differs between the two. */
    public enum Product {
        /** Spot: 5 messages a second, a server's ping every 20 s. */
        SPOT(4),
        /** USD-M futures: 10 messages a second, a server's ping every 3 min. */
        USD_M(8);

        private final int messagesPerSecond;

        Product(int messagesPerSecond) {
            this.messagesPerSecond = messagesPerSecond;
        }
    }

    private static final int STREAMS_PER_REQUEST = 100;
    private static final int DATA = 0;
    private static final int RESULT = 1;
    private static final int ERROR = 2;
    private static final int CODE = 3;
    private static final int EVENT = 4;
    private static final int SYMBOL = 5;
    private static final int PRICE = 6;
    private static final int SIZE = 7;
    private static final int TRANSACTION_TIME = 8;
    private static final int UPDATE = 9;
    private static final int BID = 10;
    private static final int ASK_OR_AGGREGATE = 11;
    private static final byte[] AGGREGATE_TRADE = ascii("aggTrade");
    private static final byte[] BOOK_TICKER = ascii("bookTicker");
    private static final byte[] SERVER_SHUTDOWN = ascii("serverShutdown");

    private final Fields envelope = fields();
    private final Fields payload = fields();
    private final Product product;

    /** A feed of these markets and channels. */
    public BinanceProtocol(Product product, FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
        this.product = product;
    }

    private static Fields fields() {
        return new Fields(
                "data", "result", "error", "code", "e", "s", "p", "q", "T", "u", "b", "a");
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, envelope);
        if (after < 0) {
            return after;
        }
        if (envelope.has(DATA)) {
            if (reader.object(envelope.start(DATA), payload) >= 0) {
                event(payload, arrivalNanos, message);
            }
        } else if (envelope.has(ERROR) || envelope.has(CODE)) {
            venueError(message);
        } else if (envelope.has(RESULT)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        } else {
            event(envelope, arrivalNanos, message);
        }
        return after;
    }

    private void event(Fields fields, long arrivalNanos, FeedMessage message) {
        if (reader.isText(fields, EVENT, AGGREGATE_TRADE)) {
            aggregateTrade(fields, message);
        } else if (reader.isText(fields, EVENT, BOOK_TICKER) || isSpotQuote(fields)) {
            bookTicker(fields, arrivalNanos, message);
        } else if (reader.isText(fields, EVENT, SERVER_SHUTDOWN)) {
            message.kind(FeedMessageKind.CLOSING);
        } else if (!fields.has(EVENT)) {
            unknown(message);
        }
    }

    /** The only event that does not say what it is. */
    private static boolean isSpotQuote(Fields fields) {
        return !fields.has(EVENT)
                && fields.has(UPDATE)
                && fields.has(SYMBOL)
                && fields.has(BID)
                && fields.has(ASK_OR_AGGREGATE);
    }

    private void aggregateTrade(Fields fields, FeedMessage message) {
        int market = market(fields, SYMBOL);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(fields, PRICE), reader.cutE8(fields, SIZE));
            message.time(Times.numberNanos(reader, fields, TRANSACTION_TIME));
            long number = reader.integer(fields, ASK_OR_AGGREGATE);
            message.sequence(number, number);
            settle(message);
        }
    }

    private void bookTicker(Fields fields, long arrivalNanos, FeedMessage message) {
        int market = market(fields, SYMBOL);
        if (message.begin(Channel.QUOTES, market)) {
            quote(message, reader.exactE8(fields, BID), reader.exactE8(fields, ASK_OR_AGGREGATE));
            if (fields.has(TRANSACTION_TIME)) {
                message.time(Times.numberNanos(reader, fields, TRANSACTION_TIME));
            } else {
                message.time(arrivalNanos);
                message.timedByArrival();
            }
            long number = reader.integer(fields, UPDATE);
            message.sequence(number, number);
            settle(message);
        }
    }

    @Override
    public List<String> subscribe(List<FeedMarket> markets) {
        return requests("SUBSCRIBE", markets);
    }

    @Override
    public List<String> unsubscribe(List<FeedMarket> markets) {
        return requests("UNSUBSCRIBE", markets);
    }

    private List<String> requests(String method, List<FeedMarket> markets) {
        List<String> streams = new ArrayList<>();
        for (FeedMarket market : markets) {
            String symbol = market.symbol().toLowerCase(Locale.ROOT);
            if (has(Channel.TRADES)) {
                streams.add(quoted(symbol + "@aggTrade"));
            }
            if (has(Channel.QUOTES)) {
                streams.add(quoted(symbol + "@bookTicker"));
            }
        }
        return chunks(
                streams,
                STREAMS_PER_REQUEST,
                part -> "{\"method\":\"%s\",\"params\":[%s],\"id\":1}".formatted(method, part));
    }

    @Override
    public Heartbeat heartbeat() {
        return new Heartbeat(Duration.ofSeconds(15), Optional.empty(), Duration.ofSeconds(40));
    }

    @Override
    public SendBudget sendBudget() {
        return new SendBudget(product.messagesPerSecond, Duration.ofSeconds(1));
    }

    @Override
    public SequenceRule sequence(Channel channel) {
        return switch (channel) {
            case TRADES -> SequenceRule.CONSECUTIVE;
            case QUOTES -> SequenceRule.RISING;
        };
    }
}
