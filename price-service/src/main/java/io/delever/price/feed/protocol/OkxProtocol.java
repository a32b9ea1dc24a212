package io.delever.price.feed.protocol;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * OKX, version 5, public channels: {@code trades} (one message may stand for several trades of one
 * taker) and {@code bbo-tbt}; {@code tickers} is understood as well. Sizes of swaps and futures are
 * contracts.
 */
public final class OkxProtocol extends JsonProtocol {
    private static final int ARGUMENTS_PER_REQUEST = 100;
    private static final int EVENT = 0;
    private static final int ARGUMENT = 1;
    private static final int DATA = 2;
    private static final int CHANNEL = 0;
    private static final int INSTRUMENT = 1;
    private static final int PRICE = 1;
    private static final int SIZE = 2;
    private static final int TRADE_ID = 3;
    private static final int TIME = 4;
    private static final int COUNT = 5;
    private static final int ASKS = 6;
    private static final int BIDS = 7;
    private static final int SEQUENCE = 8;
    private static final int BID = 9;
    private static final int ASK = 10;
    private static final byte[] PONG = ascii("pong");
    private static final byte[] TRADES = ascii("trades");
    private static final byte[] BEST = ascii("bbo-tbt");
    private static final byte[] TICKERS = ascii("tickers");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] NOTICE = ascii("notice");

    private final Fields envelope = new Fields("event", "arg", "data");
    private final Fields argument = new Fields("channel", "instId");
    private final Fields item =
            new Fields(
                    "instId", "px", "sz", "tradeId", "ts", "count", "asks", "bids", "seqId",
                    "bidPx", "askPx");

    /** A feed of these markets and channels. */
    public OkxProtocol(FeedMarkets markets, Collection<Channel> channels) {
        super(markets, channels);
    }

    /** The answer to a ping is the bare word. */
    @Override
    boolean plainText(int start, FeedMessage message) {
        for (int i = 0; i < PONG.length; i++) {
            if (reader.peek(start + i) != PONG[i]) {
                return false;
            }
        }
        if (!reader.isEnd(start + PONG.length)) {
            return false;
        }
        message.kind(FeedMessageKind.HEARTBEAT);
        return true;
    }

    @Override
    int object(int start, long arrivalNanos, FeedMessage message) {
        int after = reader.object(start, envelope);
        if (after < 0) {
            return after;
        }
        if (envelope.has(EVENT)) {
            event(message);
        } else if (!envelope.has(ARGUMENT) || !envelope.has(DATA)) {
            unknown(message);
        } else if (reader.object(envelope.start(ARGUMENT), argument) >= 0) {
            push(message);
        }
        return after;
    }

    private void event(FeedMessage message) {
        if (reader.isText(envelope, EVENT, ERROR)) {
            venueError(message);
        } else if (reader.isText(envelope, EVENT, NOTICE)) {
            message.kind(FeedMessageKind.CLOSING);
        } else {
            message.kind(FeedMessageKind.ACKNOWLEDGED);
        }
    }

    private void push(FeedMessage message) {
        boolean trades = reader.isText(argument, CHANNEL, TRADES);
        boolean best = reader.isText(argument, CHANNEL, BEST);
        if (!trades && !best && !reader.isText(argument, CHANNEL, TICKERS)) {
            return;
        }
        int element = reader.firstElement(envelope.start(DATA));
        while (element >= 0) {
            int after = reader.object(element, item);
            if (after >= 0) {
                if (trades) {
                    trade(message);
                } else {
                    quote(best, message);
                }
            }
            element = reader.nextElement(after);
        }
    }

    private void trade(FeedMessage message) {
        int market = market(argument, INSTRUMENT);
        if (message.begin(Channel.TRADES, market)) {
            trade(message, market, reader.exactE8(item, PRICE), reader.cutE8(item, SIZE));
            message.time(Times.numberNanos(reader, item, TIME));
            long last = reader.integer(item, TRADE_ID);
            long count = item.has(COUNT) ? reader.integer(item, COUNT) : 1;
            if (count < 1 || count > last) {
                reader.problem(FeedRejection.BAD_NUMBER);
            }
            message.sequence(last - count + 1, last);
            settle(message);
        }
    }

    private void quote(boolean best, FeedMessage message) {
        if (message.begin(Channel.QUOTES, market(argument, INSTRUMENT))) {
            if (best) {
                quote(message, bestLevel(item, BIDS), bestLevel(item, ASKS));
                long number = reader.integer(item, SEQUENCE);
                message.sequence(number, number);
            } else {
                quote(message, reader.exactE8(item, BID), reader.exactE8(item, ASK));
            }
            message.time(Times.numberNanos(reader, item, TIME));
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
        List<String> arguments = new ArrayList<>();
        for (FeedMarket market : markets) {
            if (has(Channel.TRADES)) {
                arguments.add(argument("trades", market));
            }
            if (has(Channel.QUOTES)) {
                arguments.add(argument("bbo-tbt", market));
            }
        }
        return chunks(
                arguments,
                ARGUMENTS_PER_REQUEST,
                part -> "{\"op\":\"%s\",\"args\":[%s]}".formatted(operation, part));
    }

    private static String argument(String channel, FeedMarket market) {
        return "{\"channel\":\"%s\",\"instId\":\"%s\"}".formatted(channel, market.symbol());
    }

    @Override
    public Heartbeat heartbeat() {
        return new Heartbeat(Duration.ofSeconds(15), Optional.of("ping"), Duration.ofSeconds(40));
    }

    @Override
    public SendBudget sendBudget() {
        return new SendBudget(3, Duration.ofSeconds(1));
    }

    @Override
    public SequenceRule sequence(Channel channel) {
        return switch (channel) {
            case TRADES -> SequenceRule.CONSECUTIVE;
            case QUOTES -> SequenceRule.RISING;
        };
    }
}
