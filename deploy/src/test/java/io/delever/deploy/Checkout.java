package io.delever.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is being built. */
final class Checkout {
    /** The services and the gateway, in the order of the chain. */
    static final List<String> SERVICES =
            List.of(
                    "price-service",
                    "margin-service",
                    "liquidation-service",
                    "sentiment-service",
                    "gateway");

    private static final Path ROOT = findRoot();

    private Checkout() {}

    static Path root() {
        return ROOT;
    }

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String read(String path) {
        return read(ROOT.resolve(path));
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The files below a folder that end so, in the order of their paths. */
    static List<Path> files(String folder, String ending) {
        try (Stream<Path> walk = Files.walk(ROOT.resolve(folder))) {
            return walk.filter(Files::isRegularFile)
                    .filter(path -> path.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
