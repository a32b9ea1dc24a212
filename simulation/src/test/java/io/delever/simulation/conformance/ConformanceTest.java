package io.delever.simulation.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.simulation.cli.Main;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConformanceTest {
    private static final Path SHARED = Path.of("../../shared/vectors/vectors.json");

    @TempDir Path folder;

    @Test
    @Covers({"SIMU-080", "SIMU-081"})
    void theSharedExamplesPass() {
        assumeTrue(Files.isRegularFile(SHARED), "no worked examples at " + SHARED);
        Run run = run(SHARED.toString());
        assertThat(run.out()).doesNotContain("FAILED");
        assertThat(run.code()).isZero();
        Matcher matcher = Pattern.compile("(\\d+) passed, 0 failed").matcher(run.out());
        assertThat(matcher.find()).isTrue();
        assertThat(Integer.parseInt(matcher.group(1))).isGreaterThanOrEqualTo(162);
        assertThat(run.out()).contains("0 of kinds not covered");
    }

    @ParameterizedTest
    @Covers({"SIMU-080", "SIMU-086"})
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|1.5|true",
                "1.54|1.5|true",
                "1.55|1.5|true",
                "1.56|1.5|false",
                "7|7.0|true",
                "7.06|7.0|false",
                "8.070707070707071|8.070707070707072|true",
                "8.070707070707071|8.070707070707079|false",
                "20600|20601|false",
            })
    void aFigureMatchesToItsLastPrintedDigit(String actual, String printed, boolean matches) {
        assertThat(
                        new Tolerance.Printed(BigDecimal.ZERO)
                                .admits(new BigDecimal(printed), new BigDecimal(actual)))
                .isEqualTo(matches);
    }

    @Test
    @Covers("SIMU-080")
    void aDifferenceOfLargeDoublesHasTheirSteps() {
        BigDecimal exact = new BigDecimal("-3.435298548398935");
        BigDecimal printed = new BigDecimal("-3.4352985484001692");
        assertThat(new Tolerance.Printed(BigDecimal.ZERO).admits(printed, exact)).isFalse();
        assertThat(new Tolerance.Printed(new BigDecimal("1E5")).admits(printed, exact)).isTrue();
    }

    @ParameterizedTest
    @Covers("SIMU-083")
    @CsvSource(
            delimiter = '|',
            value = {
                "adl_policy_shares|{'equity': {'A': 1}, 'effectiveLeverage': {'A': 1}, 'weight':"
                        + " 'tea'}|{'share': {'A': 1}}|the weight 'tea' is not understood",
                "auction_price_linear|{'top': 1, 'tau': 2, 't': 0.5}|{'price': 1}|whole seconds",
                "mark_update_throttle|{'throttleSeconds': 10, 'events': [{'sinceLastUpdate': 11,"
                        + " 'trades': 'some'}]}|{'marks': [1]}|trades that count, without a price",
                "scenario_grid|{'underlying': 'BTC', 'qty': 1, 'forward': 1, 'shocks': [0.1]}|"
                        + "{'pnl': [0]}|no index is known",
                "isolated_margin_release|{'positionBefore': 1, 'positionAfter': 2,"
                        + " 'marginBalance': 1, 'trades': [[1, 1]]}|{'release': 1}|not reduced",
            })
    void anExampleThatIsNotUnderstoodSaysWhy(String kind, String input, String expected, String why)
            throws IOException {
        Run run = run(examples(example("odd", kind, input, expected)));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("FAILED odd", why);
    }

    @ParameterizedTest
    @Covers("SIMU-080")
    @CsvSource({"0.257731958, 0", "0.257731959, 0", "0.257731957, 1", "0.25773, 0"})
    void aFigureCutByItsSourceIsCompared(String printed, int code) throws IOException {
        String input =
                "{'shortage': 10, 'assetWeight': 0.8, 'liabilityWeight': 1.2, 'liabilityPrice':"
                        + " 100, 'insuranceFee': 0.01, 'assetMultiplier': 1,"
                        + " 'liabilityMultiplier': 1}";
        String one =
                example(
                        "cut",
                        "liability_transfer_to_cover_shortage",
                        input,
                        "{'liabilityAmount': " + printed + "}");
        assertThat(run(examples(one)).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @Covers("SIMU-080")
    @CsvSource({"2000, 0", "1990, 1"})
    void anExponentialPriceIsComparedAsItsSourceDoes(String printed, int code) throws IOException {
        String input = "{'top': 4000, 'cutPerSecond': 0.998844821, 'step': 1, 't': [600]}";
        String one =
                example("half", "auction_price_exponential", input, "{'price': [" + printed + "]}");
        assertThat(run(examples(one)).code()).isEqualTo(code);
    }

    @Test
    @Covers("SIMU-080")
    void familiesOfIdsHaveTheirOwnTolerance() throws IOException {
        assertThat(run(examples(leverage("ADL-P5-X", "1.503"))).code()).isZero();
        assertThat(run(examples(leverage("ADL-P5-X", "1.506"))).code()).isEqualTo(1);
        assertThat(run(examples(leverage("OTHER-P5-X", "1.503"))).code()).isEqualTo(1);
    }

    @Test
    @Covers({"SIMU-080", "SIMU-081"})
    void aChangedDigitIsAFailure() throws IOException {
        String good =
                example(
                        "cap",
                        "index_outlier_cap",
                        "{'median': 30000, 'capFraction': 0.02, 'deviation': 0.05}",
                        "{'capped': 30600}");
        assertThat(run(examples(good)).code()).isZero();
        Run bad = run(examples(good.replace("30600", "30601")));
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out())
                .contains(
                        "FAILED cap (index_outlier_cap) capped: expected 30601, actual 30600",
                        "0 passed, 1 failed");
    }

    @Test
    @Covers("SIMU-081")
    void unknownKindsAreListedAndFailNothing() throws IOException {
        Run run = run(examples(example("x", "tea_leaves", "{'a': 1}", "{'b': 2}")));
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("tea_leaves", "no rule of this name", "1 of kinds not covered");
    }

    @Test
    @Covers("SIMU-081")
    void toolsGetTheSameAsJson() throws IOException {
        Path file =
                examples(
                        leverage("a", "1.5"),
                        leverage("b", "1.6"),
                        example("c", "tea_leaves", "{}", "{}"));
        Run run = run(file.toString(), "--json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{")
                .contains("\"passed\" : 1", "\"failed\" : 1", "\"notCovered\" : 1")
                .contains("\"id\" : \"b\"", "\"field\" : \"leverage.A\"");
        Run one = run(file.toString(), "--kind", "tea_leaves");
        assertThat(one.code()).isZero();
        assertThat(one.out()).contains("0 passed, 0 failed");
    }

    @ParameterizedTest
    @Covers("SIMU-082")
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"id\": \"a\",|line 1, column",
                "{}|must be a list of examples",
                "[1]|example 1: must be an object, is 1",
                "[{\"id\": 5}]|example 1: id must be a text, is 5",
                "[{\"id\": \"a\"}]|example 1 (a): kind must be a text, is missing",
                "[{\"id\": \"a\", \"kind\": \"k\", \"input\": []}]|input must be an object",
                "[{\"id\": \"a\", \"kind\": \"k\", \"input\": {}}]|expected must be an object",
                "[] []|line 1, column",
                "[{\"id\": \"a\", \"id\": \"b\"}]|line 1, column",
            })
    void aFileThatIsNoListOfExamplesIsNamedWithItsPlace(String content, String message)
            throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, content);
        Run run = run(file);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("broken.json", message);
    }

    @Test
    @Covers("SIMU-082")
    void aMissingFileAndAMissingKindAreNamed() throws IOException {
        Run missing = run(folder.resolve("nothing.json"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("nothing.json: there is no such file");
        Run kind = run(examples(leverage("a", "1.5")).toString(), "--kind", "twap");
        assertThat(kind.code()).isEqualTo(2);
        assertThat(kind.err()).contains("no example of kind twap");
    }

    @ParameterizedTest
    @Covers("SIMU-083")
    @CsvSource(
            delimiter = '|',
            value = {
                "twap|{'periodMinutes': 5}|{'twap': 1}|input has no points",
                "twap|{'periodMinutes': 5, 'points': [[0, '1 % 2']]}|{'twap': 1}|is not understood",
                "twap|{'periodMinutes': 5, 'points': [[0, 2]]}|{'average': 2}|not computed",
                "twap|{'periodMinutes': 5, 'points': [[0, 2]]}|{}|at least one figure",
                "twap|{'periodMinutes': 5, 'points': [[0, -2]]}|{'twap': 1}|must be > 0",
                "is_liquidatable|{'netCollateral': true}|{'liquidatable': true}|must be a number",
                "insurance_fund_direction|{'side': 'up', 'bankruptcyPrice': 1}|{'fund': []}|long or"
                        + " short",
                "leverage|{'positionsOf': 'nowhere', 'mark': 1}|{'leverage': {}}|nowhere",
                "tier_lookup|{'positionGold': 1}|{'mmr': 1}|no tier table",
            })
    void whatIsNotUnderstoodIsAFailure(String kind, String input, String expected, String why)
            throws IOException {
        Run run = run(examples(example("odd", kind, input, expected)));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("FAILED odd", why);
    }

    @Test
    @Covers("SIMU-084")
    void examplesMayBuildOnOthers() throws IOException {
        String base = leverage("base", "1.5");
        String built =
                example(
                        "built",
                        "open_interest",
                        "{'positionsOf': 'base', 'marks': [1, 2]}",
                        "{'long': [3, 6], 'short': [0, 0], 'total': [3, 6]}");
        assertThat(run(examples(base, built)).code()).isZero();
        Path others = folder.resolve("others.json");
        Files.writeString(others, "[" + base + "]");
        Path alone = examples(built);
        assertThat(run(alone.toString(), "--with", others.toString()).code()).isZero();
        assertThat(run(alone.toString(), "--with", "none.json").code()).isEqualTo(1);
    }

    @Test
    @Covers("SIMU-085")
    void aDisputedFigureIsListedAndFailsNothing() throws IOException {
        String disputed =
                leverage("odd", "1.7").replace("{\"id\"", "{\"recomputed\": false, \"id\"");
        Run run = run(examples(disputed));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("disputed by its own file: odd", "1 disputed");
    }

    @ParameterizedTest
    @Covers("SIMU-083")
    @ValueSource(strings = {"", "1+", "(1", "1)", "2//3", "1/0", "1..2", "#"})
    void nonsenseIsNoNumber(String text) {
        assertThatThrownBy(() -> Arithmetic.evaluate(text, name -> BigDecimal.ONE))
                .isInstanceOf(ShapeException.class);
    }

    @ParameterizedTest
    @Covers("SIMU-086")
    @CsvSource({"2/3*3, 2", "0.6-1.4/2, -0.1", "-(1+2)*3, -9", "amount*2/4, 5"})
    void numbersMayBeExpressions(String text, BigDecimal expected) {
        assertThat(Arithmetic.evaluate(text, name -> BigDecimal.TEN))
                .isCloseTo(expected, within(new BigDecimal("1E-30")));
    }

    private static String leverage(String id, String leverage) {
        return example(
                id,
                "leverage",
                "{'positions': {'A': {'qty': 3, 'collateral': '4/2', 'side': 1}}, 'mark': 1}",
                "{'leverage': {'A': " + leverage + "}}");
    }

    private static String example(String id, String kind, String input, String expected) {
        return "{\"id\": \"%s\", \"kind\": \"%s\", \"input\": %s, \"expected\": %s}"
                .formatted(id, kind, input.replace('\'', '"'), expected.replace('\'', '"'));
    }

    private Path examples(String... examples) throws IOException {
        Path file = folder.resolve("examples.json");
        Files.writeString(file, "[" + String.join(",\n", examples) + "]");
        return file;
    }

    private static Run run(Path file) {
        return run(file.toString());
    }

    private static Run run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[words.length + 1];
        all[0] = "conformance";
        System.arraycopy(words, 0, all, 1, words.length);
        int code = line.execute(all);
        return new Run(code, out.toString(), err.toString());
    }

    private record Run(int code, String out, String err) {}
}
