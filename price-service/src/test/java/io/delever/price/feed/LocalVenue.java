package io.delever.price.feed;

import io.delever.price.TestClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A venue like OKX on this machine: whoever subscribes gets a trade of BTC-USDT at 31,000 every few
 * milliseconds, at the time at which the test clock stands.
 */
public final class LocalVenue {
    private static final long PERIOD_MILLIS = 10;

    private final HttpServer server;
    private final AtomicLong number = new AtomicLong();

    private LocalVenue(Vertx vertx) {
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0))
                        .webSocketHandler(
                                socket ->
                                        socket.textMessageHandler(
                                                text -> {
                                                    if (text.contains("subscribe")) {
                                                        vertx.setPeriodic(
                                                                PERIOD_MILLIS, id -> trade(socket));
                                                    }
                                                }));
    }

    /** Listens on a free port until the process ends. */
    public static LocalVenue start() {
        LocalVenue venue = new LocalVenue(Vertx.vertx());
        try {
            venue.server
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the venue does not listen", e);
        }
        return venue;
    }

    /** Where it is. */
    public URI url() {
        return URI.create("ws://localhost:" + server.actualPort() + "/");
    }

    private void trade(ServerWebSocket socket) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(
                    "{\"arg\":{\"channel\":\"trades\",\"instId\":\"BTC-USDT\"},\"data\":[{\"tradeId\":\"%d\",\"px\":\"31000\",\"sz\":\"1\",\"ts\":\"%d\"}]}"
                            .formatted(
                                    number.incrementAndGet(),
                                    new TestClock().instant().toEpochMilli()));
        }
    }
}
