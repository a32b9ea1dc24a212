package io.delever.simulation.bench;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Lexicon;
import io.delever.engine.sentiment.MarketGauge;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.SentimentState;
import io.delever.engine.sentiment.SignalBoard;
import io.delever.engine.sentiment.TextScorer;
import io.delever.engine.stress.Impact;
import io.delever.engine.stress.LiquidationMap;
import io.delever.engine.stress.LiquidationMap.Level;
import io.delever.engine.stress.LiquidationMap.Reaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Market events through all signals, texts, and a chain reaction over all accounts (BNCH-004). */
final class SentimentBench {
    private static final int EVENTS = 200_000;
    private static final int INSTRUMENTS = 64;
    private static final int FORCED_EVERY = 50;
    private static final int TEXTS = 2_000;
    private static final long MILLI = 1_000_000L;
    private static final double PUSH = 0.7;

    private final SplittableRandom random;
    private final int accounts;
    private final Consumer<String> say;

    SentimentBench(int accounts, long seed, Consumer<String> say) {
        this.accounts = accounts;
        this.random = new SplittableRandom(seed);
        this.say = say;
    }

    List<Figure> measure(int runs) {
        Runs events = Runs.perSecond(runs, EVENTS, this::events);
        Runs texts = texts(runs);
        LiquidationMap map = map();
        Reaction reaction = map.push(PUSH);
        if (reaction.forced().levels() != accounts || !(reaction.end() < PUSH)) {
            throw new BenchFailure(
                    "the push closes " + reaction.forced().levels() + " of " + accounts);
        }
        say.accept("  the push closes every one of the accounts");
        Runs cascade = Runs.nanos(runs, 1e6, () -> timed(() -> map.push(PUSH)));
        return List.of(
                Figure.of(
                                "sentiment: events through all signals",
                                new Runs(events.best() / 1e3, events.median() / 1e3),
                                "k/s")
                        .atLeast(100),
                Figure.of("sentiment: a text scored", texts, "ms").atMost(1),
                Figure.of("cascade: fixed point over all accounts", cascade, "ms").atMost(200));
    }

    /** Prices with marks, forced closes and counts through score signals and warning gauges. */
    private long events() {
        SentimentState state = new SentimentState(SentimentParameters.published(), INSTRUMENTS);
        List<InstrumentId> ids = new ArrayList<>();
        List<MarketGauge> gauges = new ArrayList<>();
        List<SignalBoard> boards = new ArrayList<>();
        List<Observation> observations = new ArrayList<>(EVENTS);
        for (int i = 0; i < INSTRUMENTS; i++) {
            ids.add(new InstrumentId("I" + i));
            gauges.add(new MarketGauge(1));
            boards.add(new SignalBoard());
        }
        for (int i = 0; i < EVENTS; i++) {
            InstrumentId id = ids.get(i % INSTRUMENTS);
            long time = (i + 1) * MILLI;
            Price index = new Price(100_000_000L + random.nextLong(1_000_000L));
            observations.add(
                    i % FORCED_EVERY == 0
                            ? new Observation.PositionClosedByForce(
                                    id, random.nextBoolean(), new Money(1_000_000_000L), time)
                            : new Observation.PriceObserved(id, index, Optional.of(index), time));
        }
        state.accept(new Observation.FeedChanged(Feed.PRICES, true, 0));
        return timed(
                () -> {
                    int taken = 0;
                    for (int i = 0; i < EVENTS; i++) {
                        Observation one = observations.get(i);
                        taken += state.accept(one) ? 1 : 0;
                        MarketGauge gauge = gauges.get(i % INSTRUMENTS);
                        SignalBoard board = boards.get(i % INSTRUMENTS);
                        if (one instanceof Observation.PriceObserved priced) {
                            double price = priced.index().e8() / 1e8;
                            long time = one.eventTimeNanos();
                            gauge.priced(price, time);
                            board.priced(price, price, time);
                            board.quoted(
                                    new SignalBoard.Quote(price, 1 + price, price + 1, 2), time);
                            board.traded(price - 1, time);
                        } else {
                            gauge.closedByForce(10, one.eventTimeNanos());
                        }
                    }
                    return taken;
                });
    }

    private Runs texts(int runs) {
        TextScorer scorer =
                new TextScorer(Lexicon.parse("good\t2\nbad\t-2\ngreat\t3").withMarketWords());
        String[] words = {
            "the", "market", "is", "good", "but", "not", "very", "great", "crash", "bitcoin", "bad."
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        String post = text.toString();
        return Runs.nanos(
                runs,
                1e6 * TEXTS,
                () ->
                        timed(
                                () -> {
                                    int rated = 0;
                                    for (int i = 0; i < TEXTS; i++) {
                                        rated += scorer.score(post).isPresent() ? 1 : 0;
                                    }
                                    return rated;
                                }));
    }

    /** One long of each account, closed between 1 % and 30 % below a price of 1. */
    private LiquidationMap map() {
        List<Level> longs = new ArrayList<>(accounts);
        for (int i = 0; i < accounts; i++) {
            double at = 0.7 + 0.29 * random.nextDouble();
            longs.add(new Level(at, 1 + random.nextDouble(), at * 0.99));
        }
        return new LiquidationMap(1, new Impact.Linear(0.1 / accounts), longs, List.of());
    }

    /** What the work returns is looked at, so that none of it can be left out. */
    private static long timed(java.util.function.Supplier<Object> work) {
        long began = System.nanoTime();
        Object result = work.get();
        long elapsed = System.nanoTime() - began;
        if (result.hashCode() == Integer.MIN_VALUE) {
            throw new BenchFailure("an unlikely result: " + result);
        }
        return elapsed;
    }
}
