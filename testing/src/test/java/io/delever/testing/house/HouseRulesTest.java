package io.delever.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.testing.Covers;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the whole repository against the rules of {@code docs/spec/house.md}. */
class HouseRulesTest {
    private static final Repository REPOSITORY = Repository.find();
    private static final List<SourceFile> SOURCES = REPOSITORY.sources();

    @Test
    void everySourceIsSeen() {
        assertThat(SOURCES)
                .extracting(SourceFile::path)
                .contains(
                        "testing/src/main/java/io/delever/testing/Covers.java",
                        "testing/src/test/java/io/delever/testing/house/HouseRulesTest.java");
        assertThat(Walls.MODULE_GRAPH.keySet())
                .containsExactlyInAnyOrderElementsOf(REPOSITORY.modules());
    }

    @Test
    @Covers("HOUS-001")
    void modulesDependOnlyOnWhatTheGraphAllows() {
        assertNone(
                REPOSITORY.modules().stream()
                        .map(
                                module ->
                                        Walls.moduleGraph(
                                                module, REPOSITORY.read(module + "/pom.xml"))));
    }

    @Test
    @Covers({"HOUS-002", "HOUS-003"})
    void theEngineKeepsItsOrder() {
        assertNone(inAllSources(Walls::engine));
    }

    @Test
    @Covers({"HOUS-004", "HOUS-005"})
    void theLayersOfAServiceKeepTheirWalls() {
        assertNone(inAllSources(Walls::service));
    }

    @Test
    @Covers({
        "HOUS-006",
        "HOUS-007",
        "HOUS-008",
        "HOUS-009",
        "HOUS-010",
        "HOUS-011",
        "HOUS-012",
        "HOUS-013",
        "HOUS-014",
        "HOUS-015",
        "HOUS-024"
    })
    void noSourceBreaksARule() {
        assertNone(inAllSources(CodeRules::check));
    }

    @Test
    @Covers("HOUS-016")
    void everyModuleSaysWhatItIs() {
        assertNone(
                REPOSITORY.modules().stream()
                        .map(
                                module -> {
                                    String path = module + "/README.md";
                                    return REPOSITORY.exists(path)
                                            ? Documents.readme(path, REPOSITORY.read(path))
                                            : List.of(
                                                    new Finding("HOUS-016", path, 1, "is missing"));
                                }));
    }

    @Test
    @Covers("HOUS-017")
    void everyRuleHasATestAndEveryTestNamesARule() {
        SpecCodes codes = new SpecCodes();
        REPOSITORY
                .files("docs/spec", ".md")
                .forEach(path -> codes.spec(path, REPOSITORY.read(path)));
        SOURCES.stream().filter(SourceFile::isTest).forEach(codes::test);
        assertNone(Stream.of(codes.findings()));
    }

    @Test
    @Covers("HOUS-018")
    void linksBetweenDocumentsLeadSomewhere() {
        Stream<String> documents =
                Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .filter(REPOSITORY::exists),
                        Stream.concat(
                                REPOSITORY.files("docs", ".md").stream(),
                                REPOSITORY.modules().stream()
                                        .map(module -> module + "/README.md")
                                        .filter(REPOSITORY::exists)));
        assertNone(documents.map(path -> Documents.links(path, REPOSITORY.read(path), REPOSITORY)));
    }

    @Test
    @Covers("HOUS-019")
    void everyPackageOfTheEngineIsNullMarked() {
        List<String> packages =
                SOURCES.stream()
                        .filter(file -> file.module().equals("engine") && !file.isTest())
                        .map(file -> file.path().substring(0, file.path().lastIndexOf('/')))
                        .distinct()
                        .toList();
        assertThat(packages)
                .allSatisfy(
                        folder -> {
                            String info = folder + "/package-info.java";
                            assertThat(REPOSITORY.exists(info)).as("%s is there", info).isTrue();
                            assertThat(REPOSITORY.read(info)).as(info).contains("@NullMarked");
                        });
    }

    private static Stream<List<Finding>> inAllSources(Function<SourceFile, List<Finding>> rule) {
        return SOURCES.stream().map(rule);
    }

    private static void assertNone(Stream<List<Finding>> findings) {
        List<Finding> all = findings.flatMap(Collection::stream).sorted().toList();
        assertThat(all)
                .withFailMessage(
                        () ->
                                all.size()
                                        + " places break a rule of docs/spec/house.md:\n"
                                        + String.join(
                                                "\n", all.stream().map(Finding::toString).toList()))
                .isEmpty();
    }
}
