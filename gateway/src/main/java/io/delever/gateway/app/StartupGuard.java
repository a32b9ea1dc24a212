package io.delever.gateway.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Refuses to start where anybody on the network could move money (GATE-040). */
final class StartupGuard {
    private StartupGuard() {}

    /**
     * Checks the address that the gateway is about to listen on.
     *
     * @return a warning to be logged loudly; empty where the combination is safe
     * @throws IllegalStateException where the combination is not safe
     */
    static Optional<String> check(String host, boolean insecure) {
        if (isLoopback(host)) {
            return Optional.empty();
        }
        if (!insecure) {
            throw new IllegalStateException(
                    "The gateway has no authentication in this version and quarkus.http.host="
                            + host
                            + " is reachable from other machines: anybody there could withdraw"
                            + " money. Bind to 127.0.0.1, or put an authenticating proxy in front"
                            + " of it and set delever.insecure=true.");
        }
        return Optional.of(
                "INSECURE: the gateway listens on "
                        + host
                        + " without authentication (delever.insecure=true). Anybody who reaches it"
                        + " can read every account and move money. Keep an authenticating proxy or"
                        + " a network policy in front of it.");
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
