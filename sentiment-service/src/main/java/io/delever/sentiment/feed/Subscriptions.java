package io.delever.sentiment.feed;

import io.delever.engine.sentiment.Feed;
import io.delever.sentiment.core.RiskDesk;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** All subscriptions of the service and the threads that serve them. */
public final class Subscriptions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Subscriptions.class);

    private final FeedPort port;
    private final StreamReader<?, ?> prices;
    private final StreamReader<?, ?> cases;
    private final StreamReader<?, ?> risk;
    private final CaseFeed caseFeed;
    private final HolderPoll holders;
    private final BookPoll book;
    private final FeedLimits limits;
    private final ScheduledExecutorService scheduler = pool("feed-streams");
    private final ScheduledExecutorService caseFetcher = pool("feed-cases");
    private final ScheduledExecutorService holderPoller = pool("feed-holders");
    private final ScheduledExecutorService bookPoller = pool("feed-book");

    /**
     * Where the three services are.
     *
     * @param prices price-service
     * @param margin margin-service
     * @param liquidation liquidation-service
     */
    public record Upstreams(Channel prices, Channel margin, Channel liquidation) {}

    /**
     * Limits of all feeds.
     *
     * @param streams of each stream
     * @param cases of the look-ups of cases
     * @param fetchInterval between two rounds of look-ups
     * @param pollInterval between two counts of holders
     * @param book of the readings of all accounts
     */
    public record FeedLimits(
            StreamLimits streams,
            CaseFeed.CaseLimits cases,
            Duration fetchInterval,
            Duration pollInterval,
            BookPoll.Limits book) {}

    /** Subscriptions that do nothing before {@link #start}. */
    public Subscriptions(Upstreams upstreams, FeedPort port, RiskDesk desk, FeedLimits limits) {
        this.port = port;
        this.limits = limits;
        this.caseFeed = new CaseFeed(upstreams.liquidation(), port, limits.cases());
        RiskFeed riskFeed = new RiskFeed(upstreams.margin());
        this.prices =
                new StreamReader<>(
                        "price",
                        new PriceFeed(upstreams.prices(), port),
                        limits.streams(),
                        scheduler);
        this.cases = new StreamReader<>("case", caseFeed, limits.streams(), scheduler);
        this.risk = new StreamReader<>("risk event", riskFeed, limits.streams(), scheduler);
        this.holders =
                new HolderPoll(upstreams.margin(), riskFeed, port, limits.cases().deadline());
        this.book = new BookPoll(upstreams.margin(), desk, port, limits.book());
    }

    /** Connects, and from then on keeps connected. */
    public void start() {
        prices.start();
        cases.start();
        risk.start();
        every(caseFetcher, limits.fetchInterval(), this::serveCases);
        every(holderPoller, limits.pollInterval(), holders);
        every(bookPoller, limits.book().interval(), book);
    }

    /** Whether a feed is up. */
    public boolean isUp(Feed feed) {
        return port.isUp(feed);
    }

    @Override
    public void close() {
        scheduler.shutdown();
        prices.close();
        cases.close();
        risk.close();
        caseFetcher.shutdownNow();
        holderPoller.shutdownNow();
        bookPoller.shutdownNow();
    }

    private void serveCases() {
        port.tellChanges();
        if (cases.isUnconfirmed() && caseFeed.answers()) {
            cases.confirm();
        }
        caseFeed.fetchMoved();
    }

    private static void every(
            ScheduledExecutorService executor, Duration interval, Runnable action) {
        var _ =
                executor.scheduleWithFixedDelay(
                        () -> survive(action), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The top of the loop: what nobody foresaw is told, and the next round comes all the same. */
    private static void survive(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("a round of a feed failed", e);
        }
    }

    private static ScheduledExecutorService pool(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
