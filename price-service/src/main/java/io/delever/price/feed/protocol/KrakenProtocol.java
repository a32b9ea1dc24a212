package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Kraken spot, WebSocket version 2: trades, and the ticker on every change of the best bid or ask.
 * Numbers are JSON numbers here, some with an exponent. A ticker without a time gets that of its
 * arrival.
 */
public final class KrakenProtocol extends JsonProtocol {
    private static final int SYMBOLS_PER_REQUEST = 100;
    private static final int CHANNEL = 0;
    private static final int DATA = 1;
    private static final int METHOD = 2;
    private static final int SUCCESS = 3;
    private static final int ERROR = 4;
    private static final int SYMBOL = 0;
    private static final int PRICE = 1;
    private static final int SIZE = 2;
    private static final int TRADE_ID = 3;
    private static final int TIME = 4;
    private static final int BID = 5;
    private static final int ASK = 6;
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] PONG = ascii("pong");

    private final Fields envelope = new Fields("channel", "data", "method", "success", "error");
    private final Fields item =
            new Fields("symbol", "price", "qty", "trade_id", "timestamp", "bid", "ask");

    /** A feed of these markets and channels. */
    public KrakenProtocol(FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, envelope);
        if (after < 0) {
            return after;
        }
        if (reader.isText(envelope, CHANNEL, TRADE)) {
            items(Channel.TRADES, arrivalNanos, message);
            message.oldestFirst();
        } else if (reader.isText(envelope, CHANNEL, TICKER)) {
            items(Channel.QUOTES, arrivalNanos, message);
        } else if (reader.isText(envelope, CHANNEL, HEARTBEAT)) {
            message.kind(FeedMessageKind.HEARTBEAT);
        } else if (reader.isText(envelope, CHANNEL, STATUS)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        } else if (envelope.has(METHOD) || envelope.has(ERROR)) {
            answer(message);
        } else if (!envelope.has(CHANNEL)) {
            unknown(message);
        }
        return after;
    }

    private void answer(FeedMessage message) {
        if (reader.isText(envelope, METHOD, PONG)) {
            message.kind(FeedMessageKind.HEARTBEAT);
        } else if (reader.isTrue(envelope, SUCCESS)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        } else {
            venueError(message);
        }
    }

    private void items(Channel channel, long arrivalNanos, FeedMessage message) {
        if (!envelope.has(DATA)) {
            unknown(message);
            return;
        }
        int element = reader.firstElement(envelope.start(DATA));
        while (element >= 0) {
            int after = reader.object(element, item);
            if (after >= 0) {
                switch (channel) {
                    case TRADES -> trade(message);
                    case QUOTES -> quote(arrivalNanos, message);
                }
            }
            element = reader.nextElement(after);
        }
    }

    private void trade(FeedMessage message) {
        int market = market(item, SYMBOL);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(item, PRICE), reader.cutE8(item, SIZE));
            message.time(Times.textNanos(reader, item, TIME));
            long number = reader.integer(item, TRADE_ID);
            message.sequence(number, number);
            settle(message);
        }
    }

    private void quote(long arrivalNanos, FeedMessage message) {
        if (message.begin(Channel.QUOTES, market(item, SYMBOL))) {
            quote(message, reader.exactE8(item, BID), reader.exactE8(item, ASK));
            if (item.has(TIME)) {
                message.time(Times.textNanos(reader, item, TIME));
            } else {
                message.time(arrivalNanos);
                message.timedByArrival();
            }
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

    private List<String> requests(String method, List<FeedMarket> markets) {
        List<String> symbols = markets.stream().map(market -> quoted(market.symbol())).toList();
        List<String> requests = new ArrayList<>();
        if (has(Channel.TRADES)) {
            requests.addAll(requests(method, "\"trade\",\"snapshot\":false", symbols));
        }
        if (has(Channel.QUOTES)) {
            requests.addAll(requests(method, "\"ticker\",\"event_trigger\":\"bbo\"", symbols));
        }
        return requests;
    }

    private static List<String> requests(String method, String channel, List<String> symbols) {
        return chunks(
                symbols,
                SYMBOLS_PER_REQUEST,
                part ->
                        "{\"method\":\"%s\",\"params\":{\"channel\":%s,\"symbol\":[%s]}}"
                                .formatted(method, channel, part));
    }

    @Override
    public Heartbeat heartbeat() {
        return new Heartbeat(
                Duration.ofSeconds(15),
                Optional.of("{\"method\":\"ping\"}"),
                Duration.ofSeconds(40));
    }

    @Override
    public SendBudget sendBudget() {
        return new SendBudget(10, Duration.ofSeconds(1));
    }

    @Override
    public SequenceRule sequence(Channel channel) {
        return switch (channel) {
            case TRADES -> SequenceRule.CONSECUTIVE;
            case QUOTES -> SequenceRule.NONE;
        };
    }
}
