package io.delever.price.feed;

import io.delever.price.core.FeedMeter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A feed on an event loop of Vert.x, which is its thread. */
public final class RunningFeed implements AutoCloseable {
    /** Longest message that is taken; the venues' longest snapshots have about 200 kB. */
    public static final int MESSAGE_BYTES = 1 << 20;

    private static final long PATIENCE_SECONDS = 3;

    private final Context context;
    private final WebSocketClient client;
    private final FeedSession session;

    /**
     * What all feeds of a process share.
     *
     * @param vertx lends the threads
     * @param clock the time of arrival
     * @param monotonicNanos for durations; never goes back
     * @param seed of the jitter
     */
    public record Ground(
            Vertx vertx, InstantSource clock, LongSupplier monotonicNanos, long seed) {}

    private RunningFeed(Context context, WebSocketClient client, FeedSession session) {
        this.context = context;
        this.client = client;
        this.session = session;
    }

    /** Starts a feed; returns at once. */
    public static RunningFeed start(
            FeedSettings settings, Ground ground, TickSink sink, FeedMeter meter) {
        Vertx vertx = ground.vertx();
        WebSocketClient client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setConnectTimeout(
                                        Math.toIntExact(
                                                settings.limits().connectTimeout().toMillis()))
                                .setVerifyHost(true)
                                .setMaxFrameSize(MESSAGE_BYTES)
                                .setMaxMessageSize(MESSAGE_BYTES));
        Context context = vertx.getOrCreateContext();
        FeedRuntime runtime =
                new FeedRuntime(
                        new VertxTransport(client, MESSAGE_BYTES),
                        (delay, task) ->
                                vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run()),
                        ground.clock(),
                        ground.monotonicNanos(),
                        new SplittableRandom(ground.seed() ^ settings.name().hashCode()));
        FeedSession session = new FeedSession(settings, runtime, sink, meter);
        context.runOnContext(nothing -> session.start());
        return new RunningFeed(context, client, session);
    }

    /** Hands over what waits and closes the connection; returns when that is done. */
    @Override
    public void close() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        context.runOnContext(
                nothing -> {
                    session.close();
                    done.complete(true);
                });
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a feed did not close in time", e);
        } finally {
            client.close();
        }
    }
}
