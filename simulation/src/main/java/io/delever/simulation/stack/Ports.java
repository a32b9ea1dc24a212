package io.delever.simulation.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Free ports of the loopback address, below the range from which systems give out ports to clients:
 * a service that is dialled before it runs, or between a kill and its restart, would otherwise find
 * its port taken by the very client that waits for it.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    /** Different ports that were free a moment ago. */
    public static List<Integer> free(int count) {
        SplittableRandom random = new SplittableRandom();
        Set<Integer> ports = new LinkedHashSet<>();
        for (int i = 0; i < ATTEMPTS && ports.size() < count; i++) {
            int port = random.nextInt(FIRST, END);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new StackException(
                    "fewer than "
                            + count
                            + " free ports of 127.0.0.1 from "
                            + FIRST
                            + " to "
                            + END);
        }
        return List.copyOf(ports);
    }

    /** Whether nobody listens at this port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
