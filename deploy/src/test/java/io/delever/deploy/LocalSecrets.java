package io.delever.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Stand-ins for what {@code overlays/local/make-secrets} writes. */
final class LocalSecrets {
    /** The keys of the files of variables. */
    static final Set<String> KEYS = Set.of("username", "password");

    private LocalSecrets() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String service : List.of("price", "margin", "liquidation", "sentiment")) {
            Files.writeString(
                    folder.resolve(service + "-service-database.env"),
                    "username=" + service + "\npassword=of-a-test\n");
        }
        Files.writeString(folder.resolve("postgresql.env"), "password=of-a-test\n");
        Files.writeString(folder.resolve("tokens"), "# none\n");
        Files.writeString(folder.resolve("tls.crt"), "of a test");
        Files.writeString(folder.resolve("tls.key"), "of a test");
    }
}
