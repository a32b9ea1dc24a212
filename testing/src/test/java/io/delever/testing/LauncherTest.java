package io.delever.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code ./delever} in a folder with a stand-in for the Maven wrapper. */
class LauncherTest {
    private static final String REPORT =
            """
            <testsuite name="A" tests="3" errors="0" skipped="1" failures="1">
              <testcase name="works" classname="io.A" time="0.1"/>
              <testcase name="waits" classname="io.A" time="0">
                <skipped message="no &lt;Chromium&gt; here"/>
              </testcase>
              <testcase name="breaks" classname="io.A" time="0">
                <failure message="expected 1&#10;but was 2" type="E">trace</failure>
              </testcase>
            </testsuite>
            """;

    @TempDir Path folder;

    record Result(int code, String out, String err) {}

    @BeforeEach
    void copyTheLauncher() throws IOException {
        Path launcher = Path.of("..", "delever");
        Files.copy(
                launcher,
                folder.resolve("delever"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        write("pom.xml", "<project/>");
        Files.createDirectories(folder.resolve(".mvn"));
        write(".mvn/jvm.config", "");
        for (String module :
                List.of(
                        "contracts",
                        "engine",
                        "price-service",
                        "margin-service",
                        "liquidation-service",
                        "sentiment-service",
                        "gateway",
                        "simulation")) {
            write(module + "/pom.xml", "<project/>");
            write(module + "/src/main/java/A.java", "class A {}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "simulate",
                "margin",
                "conformance",
                "test",
                "build",
                "adl",
                "bench",
                "soak"
            })
    @Covers("HOUS-030")
    void helpNeedsNeitherABuildNorAJdk(String command) throws Exception {
        Map<String, String> noJdk = withoutJdk();
        Result asked = run(noJdk, command, "--help");
        assertThat(asked.code()).isZero();
        assertThat(asked.out()).containsIgnoringCase(command);
        assertThat(asked.err()).isEmpty();
        assertThat(run(noJdk, "help", command).out()).isEqualTo(asked.out());
        assertThat(run(noJdk, "--help").out()).contains("  " + command.substring(0, 3));
    }

    @Test
    @Covers("HOUS-031")
    void aWrongCommandEndsWithTwo() throws Exception {
        assertThat(run(Map.of()).code()).isEqualTo(2);
        assertThat(run(Map.of(), "deleverage"))
                .satisfies(r -> assertThat(r.code()).isEqualTo(2))
                .satisfies(r -> assertThat(r.out()).isEmpty())
                .satisfies(r -> assertThat(r.err()).contains("no command 'deleverage'"));
    }

    @Test
    @Covers("HOUS-032")
    void withoutAJdkItSaysWhatToInstallAndEndsWithThree() throws Exception {
        Result result = run(withoutJdk(), "build");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no JDK 25 found", "adoptium.net", "DELEVER_JAVA_HOME");
        Result named = run(Map.of("DELEVER_JAVA_HOME", folder.toString()), "build");
        assertThat(named.code()).isEqualTo(3);
        assertThat(named.err()).contains("DELEVER_JAVA_HOME=" + folder, "is not a JDK");
    }

    @Test
    @Covers("HOUS-032")
    void anOldJdkIsPassedByAndARightOneFoundInTheUsualFolders() throws Exception {
        jdk("jvm/a-17", "17.0.15");
        jdk("jvm/b-25", "25.0.3");
        write("mvnw", "#!/bin/sh\necho \"$JAVA_HOME\" >used\nexit 1\n");
        Map<String, String> found = Map.of("DELEVER_JDK_DIRS", folder.resolve("jvm").toString());
        Result result = run(with(withoutJdk(), found), "build");
        assertThat(result.code()).isEqualTo(4);
        assertThat(folder.resolve("used")).hasContent(folder.resolve("jvm/b-25").toString());
    }

    @Test
    @Covers("HOUS-033")
    void onlyAChangeIsBuilt() throws Exception {
        write("mvnw", BUILDING);
        assertThat(run(Map.of(), "build").code()).isZero();
        assertThat(run(Map.of(), "build")).isEqualTo(new Result(0, "", ""));
        assertThat(builds()).isEqualTo(1);
        write("engine/src/main/java/A.java", "class A { int a; }");
        Result changed = run(Map.of(), "build");
        assertThat(changed.err()).contains("building what has changed");
        assertThat(changed.out()).isEmpty();
        assertThat(builds()).isEqualTo(2);
        write("engine/src/test/java/ATest.java", "class ATest {}");
        run(Map.of(), "build");
        assertThat(builds()).as("a change of a test is not built").isEqualTo(2);
        Files.delete(folder.resolve("gateway/target/quarkus-app/quarkus-run.jar"));
        run(Map.of(), "build");
        assertThat(builds()).as("what is gone is built").isEqualTo(3);
    }

    @Test
    @Covers("HOUS-033")
    void aFailedBuildEndsWithFourAndIsTriedAgain() throws Exception {
        write("mvnw", "#!/bin/sh\necho x >>builds\necho '[ERROR] A.java:1 is wrong'\nexit 1\n");
        Result result = run(Map.of(), "build");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("[ERROR] A.java:1 is wrong", "build.log");
        run(Map.of(), "build");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    @Covers("HOUS-034")
    void testAddsUpTheReportsAndListsWhatFailedAndWasSkipped() throws Exception {
        write("report", REPORT);
        write("engine/src/test/java/io/A.java", "class A {}");
        write(
                "mvnw",
                "#!/bin/sh\nmkdir -p engine/target/surefire-reports\n"
                        + "cp report engine/target/surefire-reports/TEST-io.A.xml\n");
        Result result = run(withoutNpm(), "test");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines())
                .containsExactly(
                        "skipped: buf lint: npm is not installed",
                        "skipped: buf breaking: npm is not installed",
                        "skipped: io.A.waits: no <Chromium> here",
                        "FAILED: io.A.breaks: expected 1 but was 2",
                        "1 passed, 1 failed, 3 skipped");
    }

    @Test
    @Covers("HOUS-035")
    void aTestThatDidNotRunAndABuildThatBrokeAreFailures() throws Exception {
        write("mvnw", "#!/bin/sh\nexit 0\n");
        write("engine/src/test/java/io/BTest.java", "class BTest {}");
        write("engine/src/test/java/io/CTest.java", "abstract class CTest {}");
        Result lost = run(withoutNpm(), "test", "--quick");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.out())
                .isEqualTo("FAILED: io.BTest: did not run\n0 passed, 1 failed, 0 skipped\n");
        Files.delete(folder.resolve("engine/src/test/java/io/BTest.java"));
        assertThat(run(withoutNpm(), "test", "--quick").code()).isZero();
        write("mvnw", "#!/bin/sh\nexit 1\n");
        Result broken = run(withoutNpm(), "test", "--quick");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.out())
                .contains("FAILED: the build")
                .endsWith("0 passed, 1 failed, 0 skipped\n");
    }

    @Test
    @Covers("HOUS-036")
    void everyCommandThatADocumentNamesIsThere() throws Exception {
        Pattern mention = Pattern.compile("\\./delever ([a-z]+)");
        Set<String> commands = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."), 3)) {
            List<Path> documents =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.toString().contains("node_modules"))
                            .toList();
            for (Path document : documents) {
                Matcher matcher = mention.matcher(Files.readString(document));
                while (matcher.find()) {
                    commands.add(matcher.group(1));
                }
            }
        }
        assertThat(commands).contains("demo", "test");
        for (String command : commands) {
            assertThat(run(withoutJdk(), "help", command).code()).as(command).isZero();
        }
    }

    private static final String BUILDING =
            """
            #!/bin/sh
            echo x >>builds
            for module in price-service margin-service liquidation-service sentiment-service gateway
            do
              mkdir -p $module/target/quarkus-app
              echo x >$module/target/quarkus-app/quarkus-run.jar
            done
            mkdir -p simulation/target/lib simulation/target/classes/io/delever/simulation/cli
            echo x >simulation/target/classes/io/delever/simulation/cli/Main.class
            """;

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("builds"))) {
            return lines.count();
        }
    }

    private void jdk(String name, String version) throws IOException {
        write(name + "/bin/java", "#!/bin/sh\n");
        write(name + "/bin/javac", "#!/bin/sh\n");
        write(name + "/release", "JAVA_VERSION=\"" + version + "\"\n");
    }

    /** The POSIX tools without any java or npm beside them. */
    private Map<String, String> withoutJdk() throws IOException {
        return Map.of("JAVA_HOME", "", "DELEVER_JDK_DIRS", "", "PATH", tools());
    }

    private Map<String, String> withoutNpm() throws IOException {
        return Map.of("PATH", tools());
    }

    private String tools() throws IOException {
        Path tools = folder.resolve("tools");
        Files.createDirectories(tools);
        for (String tool :
                List.of(
                        "awk",
                        "bash",
                        "cat",
                        "cksum",
                        "cp",
                        "dirname",
                        "find",
                        "grep",
                        "head",
                        "kill",
                        "mkdir",
                        "readlink",
                        "rm",
                        "sed",
                        "sh",
                        "sleep",
                        "sort",
                        "tail",
                        "tr",
                        "xargs")) {
            Path link = tools.resolve(tool);
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (!Files.exists(link) && Files.exists(Path.of(place + tool))) {
                    Files.createSymbolicLink(link, Path.of(place + tool));
                }
            }
        }
        return tools.toString();
    }

    private static Map<String, String> with(Map<String, String> first, Map<String, String> then) {
        Map<String, String> all = new java.util.HashMap<>(first);
        all.putAll(then);
        return all;
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (text.startsWith("#!")) {
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    private Result run(Map<String, String> environment, String... words) throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "no /bin/bash here");
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of("/bin/bash", "delever"), Stream.of(words))
                                .toList());
        builder.directory(folder.toFile());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("DELEVER_LOCKED");
        builder.environment().remove("DELEVER_JAVA_HOME");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Result(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
