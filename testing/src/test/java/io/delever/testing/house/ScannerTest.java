package io.delever.testing.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that finds nothing proves nothing: each one is shown a source that breaks it. */
class ScannerTest {
    private static final String ENGINE = "engine/src/main/java/io/delever/engine/";
    private static final String MARGIN = "margin-service/src/main/java/io/delever/margin/";

    static Stream<Arguments> offences() {
        return Stream.of(
                arguments("HOUS-002", ENGINE + "market/A.java", "import org.slf4j.Logger;"),
                arguments("HOUS-002", ENGINE + "market/A.java", "import java.nio.file.Path;"),
                arguments(
                        "HOUS-002",
                        ENGINE + "market/A.java",
                        "import java.util.concurrent.CompletableFuture;"),
                arguments(
                        "HOUS-003",
                        ENGINE + "market/A.java",
                        "import io.delever.engine.account.Position;"),
                arguments(
                        "HOUS-003",
                        ENGINE + "pricing/A.java",
                        "class A { io.delever.engine.margin.RiskState s; }"),
                arguments("HOUS-003", ENGINE + "other/A.java", "class A {}"),
                arguments("HOUS-004", MARGIN + "core/A.java", "import io.quarkus.logging.Log;"),
                arguments(
                        "HOUS-004",
                        MARGIN + "core/A.java",
                        "import io.delever.contracts.price.v1.Q;"),
                arguments(
                        "HOUS-005",
                        MARGIN + "grpc/A.java",
                        "import io.delever.margin.persistence.B;"),
                arguments("HOUS-005", MARGIN + "core/A.java", "import io.delever.margin.grpc.B;"),
                arguments("HOUS-005", MARGIN + "metrics/A.java", "import io.delever.margin.app.B;"),
                arguments("HOUS-006", ENGINE + "money/A.java", "long t = System.nanoTime();"),
                arguments("HOUS-006", MARGIN + "core/A.java", "var t = Instant.now();"),
                arguments("HOUS-006", MARGIN + "core/A.java", "var t = UUID.randomUUID();"),
                arguments("HOUS-006", ENGINE + "money/A.java", "var r = new Random();"),
                arguments("HOUS-006", MARGIN + "feed/A.java", "var c = InstantSource.system();"),
                arguments("HOUS-007", ENGINE + "margin/A.java", "double d = 1;"),
                arguments("HOUS-007", MARGIN + "core/A.java", "Float f;"),
                arguments("HOUS-008", ENGINE + "margin/A.java", "long a = priceE8 * size;"),
                arguments("HOUS-008", ENGINE + "margin/A.java", "long a = size * price.e8();"),
                arguments("HOUS-008", MARGIN + "core/A.java", "long a = money.e8() / 2;"),
                arguments(
                        "HOUS-009", ENGINE + "money/A.java", "try { } catch (IllegalState e) { }"),
                arguments("HOUS-009", MARGIN + "core/A.java", "try { } catch (Exception e) { }"),
                arguments("HOUS-010", MARGIN + "core/A.java", "return null;"),
                arguments("HOUS-024", ENGINE + "money/A.java", "switch (a) { default -> 1; }"),
                arguments(
                        "HOUS-010",
                        MARGIN + "core/A.java",
                        "class A { @Nullable B b() { return null; } }"),
                arguments("HOUS-011", test("A.java"), "Thread.sleep(5);"),
                arguments("HOUS-011", test("A.java"), "assertThat(true).isTrue();"),
                arguments("HOUS-011", test("A.java"), "import org.mockito.Mockito;"),
                arguments("HOUS-012", MARGIN + "core/A.java", "// TO" + "DO later"),
                arguments("HOUS-012", MARGIN + "core/A.java", "  // count = count + 1;"),
                arguments("HOUS-013", MARGIN + "core/A.java", "import java.util.*;"),
                arguments("HOUS-013", MARGIN + "core/A.java", "class PositionManager {}"),
                arguments("HOUS-014", MARGIN + "core/A.java", "\n".repeat(CodeRules.FILE_LINES)),
                arguments("HOUS-014", MARGIN + "core/A.java", method(CodeRules.METHOD_LINES - 1)),
                arguments(
                        "HOUS-014",
                        MARGIN + "core/A.java",
                        "class A { void f(int a, Map<B, C> b, int c, int d, int e, int f) { } }"),
                arguments("HOUS-015", MARGIN + "core/A.java", "public final class A {}"));
    }

    static Stream<Arguments> innocents() {
        return Stream.of(
                arguments(ENGINE + "market/A.java", "import io.delever.engine.money.Price;"),
                arguments(ENGINE + "sentiment/A.java", "double d = (double) e8 / 2;"),
                arguments(MARGIN + "app/A.java", "import io.delever.margin.grpc.B;"),
                arguments(MARGIN + "app/A.java", "var c = InstantSource.system();"),
                arguments(MARGIN + "grpc/A.java", "import io.delever.margin.core.B;"),
                arguments(MARGIN + "grpc/A.java", "import io.delever.engine.money.Money;"),
                arguments(MARGIN + "core/A.java", "// Instant.now() would not replay here"),
                arguments(MARGIN + "core/A.java", "String s = \"Thread.sleep(double)\";"),
                arguments(MARGIN + "core/A.java", "String s = \"\"\"\n double \\\"\"\" \"\"\";"),
                arguments(MARGIN + "core/A.java", "// TO" + "DO(#12) later"),
                arguments(
                        MARGIN + "core/A.java",
                        "try { } catch (Exception e) { // the loop must go on\n }\n"),
                arguments(
                        MARGIN + "core/A.java",
                        "record A(int a, int b, int c, int d, int e, int f) {}"),
                arguments(MARGIN + "core/A.java", method(CodeRules.METHOD_LINES - 2)),
                arguments(
                        MARGIN + "core/A.java",
                        "class A { private @Nullable B b() { return null; } }"),
                arguments(MARGIN + "core/A.java", "/** Counts. */\npublic final class A {}"),
                arguments(MARGIN + "core/A.java", "import java.util.List;"));
    }

    @ParameterizedTest
    @MethodSource("offences")
    @Covers({
        "HOUS-002", "HOUS-003", "HOUS-004", "HOUS-005", "HOUS-006", "HOUS-007", "HOUS-008",
        "HOUS-009", "HOUS-010", "HOUS-011", "HOUS-012", "HOUS-013", "HOUS-014", "HOUS-015",
        "HOUS-024"
    })
    void anOffenceIsFound(String rule, String path, String code) {
        assertThat(check(path, code))
                .as(code)
                .extracting(Finding::rule, Finding::file)
                .contains(org.assertj.core.groups.Tuple.tuple(rule, path));
    }

    @ParameterizedTest
    @MethodSource("innocents")
    void whatIsAllowedIsNotFound(String path, String code) {
        assertThat(check(path, code)).as(code).isEmpty();
    }

    @Test
    @Covers("HOUS-001")
    void aDependencyBeyondTheGraphIsFoundWithItsLine() {
        String pom =
                """
                <dependencies>
                  <dependency>
                    <groupId>io.delever</groupId>
                    <artifactId>engine</artifactId>
                  </dependency>
                  <dependency>
                    <groupId>io.delever</groupId>
                    <artifactId>testing</artifactId>
                  </dependency>
                </dependencies>
                """;
        assertThat(Walls.moduleGraph("gateway", pom))
                .extracting(Finding::toString)
                .containsExactly(
                        "gateway/pom.xml:2: HOUS-001 gateway may not depend on engine",
                        "gateway/pom.xml:6: HOUS-001 gateway may not depend on testing");
        assertThat(Walls.moduleGraph("margin-service", pom)).hasSize(1);
    }

    @Test
    @Covers("HOUS-016")
    void aReadmeWithoutASectionIsFound() {
        String text =
                "# Engine\n## May depend on\n## Run and test\n## Configuration\n## Spec codes\n";
        assertThat(Documents.readme("engine/README.md", text))
                .extracting(Finding::toString)
                .containsExactly("engine/README.md:1: HOUS-016 has no section \"## limits\"");
    }

    @Test
    @Covers("HOUS-017")
    void codesAndTestsAreComparedInBothDirections() {
        SpecCodes codes = new SpecCodes();
        codes.spec("docs/spec/a.md", "# A\n- **AAAA-001** One.\n- **AAAA-002** Two.\n");
        codes.spec("docs/spec/b.md", "- **AAAA-001** Again.\n**BBBB-1** Loose.\n");
        codes.test(
                new SourceFile(
                        test("A.java"),
                        "// @Covers(\"AAAA-002\")\n"
                                + "@Covers({\n"
                                + "\"AAAA-001\", \"AAAA-009\"})\n"
                                + "class A {}"));
        assertThat(codes.findings())
                .extracting(Finding::toString)
                .containsExactlyInAnyOrder(
                        "docs/spec/b.md:1: HOUS-017 AAAA-001 stands already in docs/spec/a.md:2",
                        "docs/spec/b.md:2: HOUS-017 BBBB-1 is not a rule line: - **ABCD-001**"
                                + " Sentence.",
                        "docs/spec/a.md:3: HOUS-017 no test covers AAAA-002",
                        test("A.java")
                                + ":2: HOUS-017 @Covers(\"AAAA-009\") names no rule of docs/spec");
    }

    @Test
    @Covers("HOUS-018")
    void aLinkThatLeadsNowhereIsFound() {
        String text =
                "See [this](../pom.xml#x), [that](https://example.org/a)\nand [gone](gone.md).";
        assertThat(Documents.links("docs/a.md", text, Repository.find()))
                .extracting(Finding::toString)
                .containsExactly("docs/a.md:2: HOUS-018 leads nowhere: gone.md");
    }

    private static List<Finding> check(String path, String code) {
        String name = path.substring(path.indexOf("io/delever"), path.lastIndexOf('/'));
        String text = "package " + name.replace('/', '.') + ";\n" + code;
        SourceFile file = new SourceFile(path, text);
        List<Finding> findings = new ArrayList<>(CodeRules.check(file));
        findings.addAll(Walls.engine(file));
        findings.addAll(Walls.service(file));
        return findings;
    }

    private static String test(String name) {
        return "margin-service/src/test/java/io/delever/margin/" + name;
    }

    private static String method(int lines) {
        return "class A {\n void f() {\n" + "a();\n".repeat(lines) + "}\n}\n";
    }
}
