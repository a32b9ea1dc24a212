package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Coinbase Exchange market data: {@code matches}, {@code ticker} and {@code heartbeat}, without
 * authentication. A second, independent way to the same markets as {@link CoinbaseProtocol}.
 */
public final class CoinbaseExchangeProtocol extends JsonProtocol {
    private static final int PRODUCTS_PER_REQUEST = 100;
    private static final int TYPE = 0;
    private static final int PRODUCT = 1;
    private static final int PRICE = 2;
    private static final int SIZE = 3;
    private static final int TIME = 4;
    private static final int TRADE_ID = 5;
    private static final int SEQUENCE = 6;
    private static final int BID = 7;
    private static final int ASK = 8;
    private static final byte[] MATCH = ascii("match");
    private static final byte[] LAST_MATCH = ascii("last_match");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] SUBSCRIPTIONS = ascii("subscriptions");
    private static final byte[] ERROR = ascii("error");

    private final Fields fields =
            new Fields(
                    "type",
                    "product_id",
                    "price",
                    "size",
                    "time",
                    "trade_id",
                    "sequence",
                    "best_bid",
                    "best_ask");

    /** A feed of these markets and channels. */
    public CoinbaseExchangeProtocol(FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, fields);
        if (after < 0) {
            return after;
        }
        if (reader.isText(fields, TYPE, MATCH) || reader.isText(fields, TYPE, LAST_MATCH)) {
            trade(message);
        } else if (reader.isText(fields, TYPE, TICKER)) {
            quote(message);
        } else if (reader.isText(fields, TYPE, HEARTBEAT)) {
            message.kind(FeedMessageKind.HEARTBEAT);
        } else if (reader.isText(fields, TYPE, SUBSCRIPTIONS)) {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        } else if (reader.isText(fields, TYPE, ERROR)) {
            venueError(message);
        } else if (!fields.has(TYPE)) {
            unknown(message);
        }
        return after;
    }

    private void trade(FeedMessage message) {
        int market = market(fields, PRODUCT);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(fields, PRICE), reader.cutE8(fields, SIZE));
            message.time(Times.textNanos(reader, fields, TIME));
            long number = reader.integer(fields, TRADE_ID);
            message.sequence(number, number);
            settle(message);
        }
    }

    private void quote(FeedMessage message) {
        if (message.begin(Channel.QUOTES, market(fields, PRODUCT))) {
            quote(message, reader.exactE8(fields, BID), reader.exactE8(fields, ASK));
            message.time(Times.textNanos(reader, fields, TIME));
            long number = reader.integer(fields, SEQUENCE);
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

    private List<String> requests(String type, List<FeedMarket> markets) {
        List<String> channels = new ArrayList<>(List.of(quoted("heartbeat")));
        if (has(Channel.TRADES)) {
            channels.add(quoted("matches"));
        }
        if (has(Channel.QUOTES)) {
            channels.add(quoted("ticker"));
        }
        return chunks(
                markets.stream().map(market -> quoted(market.symbol())).toList(),
                PRODUCTS_PER_REQUEST,
                part ->
                        "{\"type\":\"%s\",\"product_ids\":[%s],\"channels\":[%s]}"
                                .formatted(type, part, String.join(",", channels)));
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
            case QUOTES -> SequenceRule.RISING;
        };
    }
}
