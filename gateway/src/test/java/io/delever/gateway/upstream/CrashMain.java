package io.delever.gateway.upstream;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays a crash to a gateway that somebody develops the page with; prints the settings the gateway
 * needs.
 */
public final class CrashMain {
    private CrashMain() {}

    /** Plays until it is stopped; the argument is the pause between steps in milliseconds. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        TestUpstreams upstreams = new TestUpstreams();
        upstreams.start();
        System.out.println(
                "-Dquarkus.grpc.clients.price.port=%d -Dquarkus.grpc.clients.margin.port=%d"
                                .formatted(
                                        upstreams.priceServer().port(),
                                        upstreams.marginServer().port())
                        + " -Dquarkus.grpc.clients.liquidation.port=%d -Dquarkus.grpc.clients.sentiment.port=%d"
                                .formatted(
                                        upstreams.liquidationServer().port(),
                                        upstreams.sentimentServer().port()));
        int played = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        Crash crash =
                new Crash(
                        upstreams,
                        ChronoUnit.NANOS.between(Instant.EPOCH, InstantSource.system().instant())
                                - played * 2_000_000_000L);
        for (int n = 0; n < 100_000; n++) {
            crash.step(n);
            if (n >= played) {
                LockSupport.parkNanos(1_000_000L * Long.parseLong(args[0]));
            }
        }
    }
}
