package io.delever.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of the loopback address that stays free until its server binds it.
 *
 * <p>Below the range from which systems give out ports to clients: a client that dials a server
 * which is not there yet, or not any more, can be given that very port as its own, and the server
 * then cannot bind it.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;
    private static final SplittableRandom RANDOM = new SplittableRandom();
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port that nobody listens on and that this process was not given before.
     *
     * @throws IllegalStateException where none is found
     */
    public static synchronized int next() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = RANDOM.nextInt(FIRST, END);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port from " + FIRST + " to " + END + " after " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
