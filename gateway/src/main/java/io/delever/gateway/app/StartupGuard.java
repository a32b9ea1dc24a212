package io.delever.gateway.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses to start where anybody on the network could read accounts or move money (GATE-040). */
final class StartupGuard {
    private static final Set<String> OPEN_PROFILES = Set.of("demo", "dev", "test");

    private StartupGuard() {}

    /**
     * What decides whether a start is safe.
     *
     * @param host the address that is listened on
     * @param open whether nobody is asked who they are
     * @param profiles the active profiles
     * @param plainText whether a port without TLS is open
     * @param tls whether a certificate is configured
     * @param issuer who signs the tokens of people
     * @param keys where the issuer's keys are
     * @param audience whom the tokens must be meant for
     * @param tokens whether there are API tokens of machines
     * @param audit whether changes are recorded
     */
    record Setup(
            String host,
            boolean open,
            List<String> profiles,
            boolean plainText,
            boolean tls,
            Optional<String> issuer,
            Optional<String> keys,
            Optional<String> audience,
            boolean tokens,
            boolean audit) {}

    /**
     * Checks a combination.
     *
     * @return a warning to be logged; empty where callers are asked who they are
     * @throws IllegalStateException where the combination is not safe; the message says all of it
     */
    static Optional<String> check(Setup setup) {
        List<String> wrong = setup.open() ? open(setup) : required(setup);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "The gateway does not start: " + String.join("; ", wrong) + ".");
        }
        return setup.open()
                ? Optional.of(
                        "OPEN: nobody is asked who they are (delever.auth.mode=open). Everybody on"
                                + " this machine can read every account and move money. For demos"
                                + " and tests only.")
                : Optional.empty();
    }

    private static List<String> open(Setup setup) {
        List<String> wrong = new ArrayList<>();
        if (!isLoopback(setup.host())) {
            wrong.add(
                    "quarkus.http.host="
                            + setup.host()
                            + " is reachable from other machines, and delever.auth.mode=open would"
                            + " let anybody there move money");
        }
        if (setup.profiles().stream().noneMatch(OPEN_PROFILES::contains)) {
            wrong.add(
                    "delever.auth.mode=open is for the profiles demo, dev and test, not for "
                            + setup.profiles());
        }
        return wrong;
    }

    private static List<String> required(Setup setup) {
        List<String> wrong = new ArrayList<>();
        if (!isLoopback(setup.host()) && (setup.plainText() || !setup.tls())) {
            wrong.add(
                    "quarkus.http.host="
                            + setup.host()
                            + " is reachable from other machines: give a certificate"
                            + " (quarkus.http.ssl.certificate.files and key-files, or"
                            + " quarkus.http.tls-configuration-name) and set"
                            + " quarkus.http.insecure-requests=disabled");
        }
        long named =
                List.of(setup.issuer(), setup.keys(), setup.audience()).stream()
                        .filter(Optional::isPresent)
                        .count();
        if (named != 0 && named != 3) {
            wrong.add(
                    "mp.jwt.verify.issuer, mp.jwt.verify.publickey.location and"
                            + " mp.jwt.verify.audiences belong together, "
                            + named
                            + " of the three are there");
        }
        if (named == 0 && !setup.tokens()) {
            wrong.add(
                    "nobody could be recognised: name an issuer (mp.jwt.verify.issuer,"
                            + " mp.jwt.verify.publickey.location, mp.jwt.verify.audiences) or"
                            + " delever.auth.tokens-file, or use the profile demo on this machine");
        }
        if (!setup.audit()) {
            wrong.add("changes must be recorded: name delever.audit.file");
        }
        return wrong;
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
