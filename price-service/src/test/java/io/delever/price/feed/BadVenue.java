package io.delever.price.feed;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A venue on this machine that cuts, sends garbage, repeats, reorders and leaves out, by a seeded
 * chance, as fast as its reader reads; from {@link #behave} on it does none of that.
 */
final class BadVenue implements AutoCloseable {
    private static final int BURST = 64;
    private static final int MOST_LEFT_OUT = 40;
    private static final int ONE_IN = 200;
    private static final int CUT_ONE_IN = 20;

    final AtomicLong given = new AtomicLong();
    final AtomicInteger cuts = new AtomicInteger();
    final AtomicInteger garbage = new AtomicInteger();
    final AtomicInteger repeated = new AtomicInteger();
    final AtomicInteger swapped = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean behaves = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final HttpServer server;
    private final LongFunction<String> tape;
    private final SplittableRandom random;
    private final long pauseMillis;

    /**
     * Listens.
     *
     * @param tape the message of each number, from 1
     * @param pauseMillis between two bursts; 0 for full rate
     */
    BadVenue(Vertx vertx, LongFunction<String> tape, long seed, long pauseMillis) {
        this(vertx, tape, seed, pauseMillis, 0);
    }

    /** The same at this port. */
    BadVenue(Vertx vertx, LongFunction<String> tape, long seed, long pauseMillis, int port) {
        this.tape = tape;
        this.random = new SplittableRandom(seed);
        this.pauseMillis = pauseMillis;
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setHost("localhost").setPort(port))
                        .webSocketHandler(socket -> accept(vertx, socket));
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the venue does not listen", e);
        }
    }

    URI url() {
        return URI.create("ws://localhost:" + server.actualPort() + "/");
    }

    /** From now on nothing is wrong any more. */
    void behave() {
        behaves.set(true);
    }

    /** From now on nothing new is sent. */
    void end() {
        ended.set(true);
    }

    private void accept(Vertx vertx, ServerWebSocket socket) {
        connections.incrementAndGet();
        given.addAndGet(behaves.get() ? 0 : random.nextInt(MOST_LEFT_OUT));
        AtomicBoolean subscribed = new AtomicBoolean();
        socket.textMessageHandler(
                text -> {
                    boolean asks = text.toLowerCase(Locale.ROOT).contains("subscribe");
                    if (asks && subscribed.compareAndSet(false, true)) {
                        burst(vertx, socket);
                    }
                });
        socket.exceptionHandler(cause -> socket.close());
    }

    private void burst(Vertx vertx, ServerWebSocket socket) {
        if (socket.isClosed() || ended.get()) {
            return;
        }
        for (int i = 0; i < BURST; i++) {
            if (behaves.get() || random.nextInt(ONE_IN) > 0) {
                send(socket, given.incrementAndGet());
            } else if (random.nextInt(CUT_ONE_IN) == 0) {
                cuts.incrementAndGet();
                socket.close();
                return;
            } else {
                misbehave(socket);
            }
        }
        if (socket.writeQueueFull()) {
            socket.drainHandler(nothing -> burst(vertx, socket));
        } else if (pauseMillis > 0) {
            vertx.setTimer(pauseMillis, id -> burst(vertx, socket));
        } else {
            vertx.runOnContext(nothing -> burst(vertx, socket));
        }
    }

    private void send(ServerWebSocket socket, long number) {
        socket.writeTextMessage(tape.apply(number));
    }

    private void misbehave(ServerWebSocket socket) {
        long next = given.get() + 1;
        switch (random.nextInt(7)) {
            case 0 -> garbage(socket, tape.apply(next).substring(0, 30));
            case 1 -> garbage(socket, "\u0000\ufffd{{{" + random.nextLong());
            case 2 -> garbage(socket, "[".repeat(20_000));
            case 3 -> {
                garbage.incrementAndGet();
                socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3}));
            }
            case 4 -> {
                repeated.incrementAndGet();
                send(socket, Math.max(1, given.get()));
            }
            case 5 -> {
                swapped.incrementAndGet();
                given.addAndGet(2);
                send(socket, next + 1);
                send(socket, next);
            }
            default -> given.addAndGet(1 + random.nextInt(MOST_LEFT_OUT));
        }
    }

    private void garbage(ServerWebSocket socket, String text) {
        garbage.incrementAndGet();
        socket.writeTextMessage(text);
    }

    @Override
    public void close() {
        server.close();
    }
}
