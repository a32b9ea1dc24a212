package io.delever.testing.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that is being built. */
final class Repository {
    private static final Pattern MODULE = Pattern.compile("<module>([\\w-]+)</module>");

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    /** Looks upwards from the working directory for the root of the build. */
    static Repository find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
            }
        }
        return new Repository(folder);
    }

    Path root() {
        return root;
    }

    List<String> modules() {
        List<String> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(read("pom.xml"));
        while (matcher.find()) {
            modules.add(matcher.group(1));
        }
        return modules;
    }

    /** Every hand-written Java source, in the order of its path. */
    List<SourceFile> sources() {
        return modules().stream()
                .flatMap(module -> Stream.of(module + "/src/main/java", module + "/src/test/java"))
                .flatMap(folder -> files(folder, ".java").stream())
                .map(path -> new SourceFile(path, read(path)))
                .toList();
    }

    /**
     * The files below a folder that end so, relative to the root; none where there is no such
     * folder.
     */
    List<String> files(String folder, String ending) {
        if (!exists(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
