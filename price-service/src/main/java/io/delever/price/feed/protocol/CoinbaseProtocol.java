package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Coinbase Advanced Trade market data: {@code market_trades}, {@code ticker} and {@code
 * heartbeats}, without authentication. The messages of a connection are numbered. A ticker has the
 * time of its envelope.
 */
public final class CoinbaseProtocol extends JsonProtocol {
    private static final int PRODUCTS_PER_REQUEST = 100;
    private static final int CHANNEL = 0;
    private static final int SENT = 1;
    private static final int SEQUENCE = 2;
    private static final int EVENTS = 3;
    private static final int TYPE = 4;
    private static final int TRADES = 0;
    private static final int TICKERS = 1;
    private static final int PRODUCT = 0;
    private static final int PRICE = 1;
    private static final int SIZE = 2;
    private static final int TIME = 3;
    private static final int TRADE_ID = 4;
    private static final int BID = 5;
    private static final int ASK = 6;
    private static final byte[] MARKET_TRADES = ascii("market_trades");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] HEARTBEATS = ascii("heartbeats");
    private static final byte[] SUBSCRIPTIONS = ascii("subscriptions");
    private static final byte[] ERROR = ascii("error");

    private final Fields envelope =
            new Fields("channel", "timestamp", "sequence_num", "events", "type");
    private final Fields event = new Fields("trades", "tickers");
    private final Fields item =
            new Fields("product_id", "price", "size", "time", "trade_id", "best_bid", "best_ask");

    /** A feed of these markets and channels. */
    public CoinbaseProtocol(FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, envelope);
        if (after < 0) {
            return after;
        }
        if (reader.isText(envelope, TYPE, ERROR)) {
            venueError(message);
        } else if (!envelope.has(CHANNEL)) {
            unknown(message);
        } else {
            channel(message);
        }
        return after;
    }

    private void channel(FeedMessage message) {
        if (envelope.has(SEQUENCE)) {
            long number = reader.integer(envelope, SEQUENCE);
            if (reader.hasProblem()) {
                message.reject(reader.problem());
                reader.clearProblem();
            } else {
                message.connectionSequence(number);
            }
        }
        if (reader.isText(envelope, CHANNEL, MARKET_TRADES)) {
            events(Channel.TRADES, message);
            message.oldestFirst();
        } else if (reader.isText(envelope, CHANNEL, TICKER)) {
            events(Channel.QUOTES, message);
        } else if (reader.isText(envelope, CHANNEL, HEARTBEATS)) {
            message.kind(FeedMessageKind.HEARTBEAT);
        } else if (reader.isText(envelope, CHANNEL, SUBSCRIPTIONS)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        }
    }

    private void events(Channel channel, FeedMessage message) {
        if (!envelope.has(EVENTS)) {
            unknown(message);
            return;
        }
        int element = reader.firstElement(envelope.start(EVENTS));
        while (element >= 0) {
            int after = reader.object(element, event);
            if (after >= 0) {
                items(channel, message);
            }
            element = reader.nextElement(after);
        }
    }

    private void items(Channel channel, FeedMessage message) {
        int list = channel == Channel.TRADES ? TRADES : TICKERS;
        int element = event.has(list) ? reader.firstElement(event.start(list)) : JsonReader.NOWHERE;
        while (element >= 0) {
            int after = reader.object(element, item);
            if (after >= 0) {
                switch (channel) {
                    case TRADES -> trade(message);
                    case QUOTES -> quote(message);
                }
            }
            element = reader.nextElement(after);
        }
    }

    private void trade(FeedMessage message) {
        int market = market(item, PRODUCT);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(item, PRICE), reader.cutE8(item, SIZE));
            message.time(Times.textNanos(reader, item, TIME));
            long number = reader.integer(item, TRADE_ID);
            message.sequence(number, number);
            settle(message);
        }
    }

    private void quote(FeedMessage message) {
        if (message.begin(Channel.QUOTES, market(item, PRODUCT))) {
            quote(message, reader.exactE8(item, BID), reader.exactE8(item, ASK));
            message.time(Times.textNanos(reader, envelope, SENT));
            settle(message);
        }
    }

    @Override
    public List<String> subscribe(List<FeedMarket> markets) {
        List<String> requests = new ArrayList<>();
        requests.add("{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}");
        requests.addAll(requests("subscribe", markets));
        return List.copyOf(requests);
    }

    @Override
    public List<String> unsubscribe(List<FeedMarket> markets) {
        return requests("unsubscribe", markets);
    }

    private List<String> requests(String type, List<FeedMarket> markets) {
        List<String> products = markets.stream().map(market -> quoted(market.symbol())).toList();
        List<String> requests = new ArrayList<>();
        if (has(Channel.TRADES)) {
            requests.addAll(requests(type, "market_trades", products));
        }
        if (has(Channel.QUOTES)) {
            requests.addAll(requests(type, "ticker", products));
        }
        return List.copyOf(requests);
    }

    private static List<String> requests(String type, String channel, List<String> products) {
        return chunks(
                products,
                PRODUCTS_PER_REQUEST,
                part ->
                        "{\"type\":\"%s\",\"product_ids\":[%s],\"channel\":\"%s\"}"
                                .formatted(type, part, channel));
    }

    @Override
    public Heartbeat heartbeat() {
        return new Heartbeat(Duration.ofSeconds(15), Optional.empty(), Duration.ofSeconds(40));
    }

    @Override
    public SendBudget sendBudget() {
        return new SendBudget(8, Duration.ofSeconds(1));
    }

    @Override
    public SequenceRule sequence(Channel channel) {
        return switch (channel) {
            case TRADES -> SequenceRule.CONSECUTIVE;
            case QUOTES -> SequenceRule.NONE;
        };
    }
}
