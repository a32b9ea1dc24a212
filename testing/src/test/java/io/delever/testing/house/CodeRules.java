package io.delever.testing.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a single source may not contain. */
final class CodeRules {
    static final int METHOD_LINES = 70;
    static final int FILE_LINES = 600;
    static final int PARAMETERS = 5;

    private static final Pattern CLOCK =
            Pattern.compile(
                    "\\b(System\\.(currentTimeMillis|nanoTime)|(Instant|LocalDate|LocalDateTime|LocalTime"
                        + "|OffsetDateTime|ZonedDateTime)\\.now|Clock\\.(system|tick)\\w*|InstantSource\\.system|new"
                        + " Date\\s*\\(\\s*\\))\\b");
    private static final Pattern CHANCE =
            Pattern.compile(
                    "\\b(new Random\\s*\\(\\s*\\)|Math\\.random|ThreadLocalRandom|UUID\\.randomUUID"
                            + "|SecureRandom|new SplittableRandom\\s*\\(\\s*\\))");
    private static final Pattern WALL_CLOCK =
            Pattern.compile(
                    "\\b(System\\.currentTimeMillis|Instant\\.now\\s*\\(\\s*\\)|Clock\\.system\\w*"
                            + "|InstantSource\\.system)\\b");
    private static final Pattern FLOATING = Pattern.compile("\\b(double|float|Double|Float)\\b");
    private static final Pattern SCALED_ARITHMETIC =
            Pattern.compile(
                    "\\b\\w*(E8|e8|Ppm|ppm|Ppb|ppb)(\\(\\))?\\s*[*/](?![*/])"
                            + "|[*/]\\s*\\w[\\w.()]*?((E8|Ppm|Ppb)\\b|\\.(e8|ppm|ppb)\\(\\))");
    private static final Pattern CATCH_ALL =
            Pattern.compile(
                    "catch\\s*\\(\\s*(?:final\\s+)?(Exception|Throwable)\\s+\\w+\\s*\\)\\s*\\{");
    private static final Pattern CATCH = Pattern.compile("\\bcatch\\s*\\(");
    private static final Pattern TODO =
            Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b(?!\\s*\\(?#\\d+)");
    private static final Pattern CODE_IN_COMMENT =
            Pattern.compile(
                    "(?m)^\\s*//\\s*((.*=.*|.*\\)|return\\b.*|import\\b.*);|.*\\)\\s*\\{|\\}.*)\\s*$");
    private static final Pattern WILDCARD = Pattern.compile("(?m)^import\\s+[^;]*\\*\\s*;");
    private static final Pattern NAME =
            Pattern.compile(
                    "\\b(class|record|interface|enum)\\s+\\w+(Impl|Manager|Helper|Helpers|Utils|Util)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\.sleep\\b");
    private static final Pattern MOCK =
            Pattern.compile(
                    "(org\\.mockito|io\\.quarkus\\.test\\.junit\\.mockito|org\\.easymock)\\..*");
    private static final Pattern EMPTY_ASSERTION =
            Pattern.compile("assertThat\\(\\s*(true|false)\\s*\\)|assertTrue\\(\\s*true\\s*\\)");
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s*(->|:)");
    private static final Pattern NULL_RETURN = Pattern.compile("\\breturn null\\s*;");
    private static final Pattern TOP_LEVEL_TYPE =
            Pattern.compile(
                    "(?m)^public\\s+(?:(?:abstract|final|sealed|non-sealed|strictfp)\\s+)*"
                            + "(?:class|record|interface|enum|@interface)\\s+(\\w+)");

    private CodeRules() {}

    static List<Finding> check(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        if (!file.isTest()) {
            main(file, findings);
        } else {
            findings.addAll(
                    file.find("HOUS-011", SLEEP, "await a condition (io.delever.testing.Await)"));
            findings.addAll(file.find("HOUS-011", EMPTY_ASSERTION, "this assertion cannot fail"));
        }
        findings.addAll(file.findImports("HOUS-011", MOCK, "a fake by hand, or the real thing"));
        findings.addAll(file.findInComments("HOUS-012", TODO, "needs an issue number, TODO(#12)"));
        findings.addAll(
                file.findInComments("HOUS-012", CODE_IN_COMMENT, "looks like commented-out code"));
        findings.addAll(file.find("HOUS-013", WILDCARD, "name what is imported"));
        findings.addAll(file.find("HOUS-013", NAME, "a name that says nothing"));
        findings.addAll(size(file));
        return findings;
    }

    private static void main(SourceFile file, List<Finding> findings) {
        boolean engine = file.module().equals("engine");
        boolean core = file.packageName().matches("io\\.delever\\.\\w+\\.core(\\..*)?");
        if (engine || core) {
            findings.addAll(file.find("HOUS-006", CLOCK, "time is data; take it from the command"));
            findings.addAll(file.find("HOUS-006", CHANCE, "a decision has no chance in it"));
        }
        if (file.module().endsWith("-service") || file.module().equals("gateway")) {
            if (!file.packageName().contains(".app")) {
                findings.addAll(
                        file.find("HOUS-006", WALL_CLOCK, "only app names the system's clock"));
            }
        }
        if (mayNotFloat(file, engine, core)) {
            findings.addAll(
                    file.find("HOUS-007", FLOATING, "no floating point where money is decided"));
        }
        if ((engine && !file.isIn("io.delever.engine.money") && !isStatistics(file))
                || file.module().endsWith("-service")) {
            findings.addAll(
                    file.find(
                            "HOUS-008",
                            SCALED_ARITHMETIC,
                            "scaled numbers are multiplied and divided in money only"));
        }
        findings.addAll(catchAll(file));
        if (engine) {
            findings.addAll(file.find("HOUS-009", CATCH, "the engine never catches"));
            findings.addAll(
                    file.find("HOUS-024", DEFAULT, "name every case, so that a new one is seen"));
        }
        findings.addAll(nullReturns(file));
        findings.addAll(javadoc(file));
    }

    private static boolean mayNotFloat(SourceFile file, boolean engine, boolean core) {
        return (engine || core) && !isStatistics(file) && !file.isIn("io.delever.sentiment");
    }

    private static boolean isStatistics(SourceFile file) {
        return file.isIn("io.delever.engine.sentiment")
                || file.isIn("io.delever.engine.stress")
                || file.isIn("io.delever.engine.population");
    }

    /** A catch of everything stands at the top of a loop or a thread, and says so in a comment. */
    private static List<Finding> catchAll(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = CATCH_ALL.matcher(file.code());
        while (matcher.find()) {
            int next = file.text().indexOf('\n', matcher.end());
            int after = next < 0 ? -1 : file.text().indexOf('\n', next + 1);
            String lines = file.text().substring(matcher.end(), Math.max(matcher.end(), after));
            if (!lines.contains("//")) {
                findings.add(
                        file.finding(
                                "HOUS-009",
                                matcher.start(),
                                "catch what is expected; at the top of a loop say so in a"
                                        + " comment"));
            }
        }
        return findings;
    }

    /** A private method may, where {@code @Nullable} lets NullAway check its callers. */
    private static List<Finding> nullReturns(SourceFile file) {
        List<Methods.Method> methods = new Methods(file).all();
        List<String> lines = file.code().lines().toList();
        return file.find("HOUS-010", NULL_RETURN, "return an Optional or a sealed type").stream()
                .filter(
                        finding ->
                                methods.stream()
                                        .filter(method -> method.contains(finding.line()))
                                        .map(method -> lines.get(method.line() - 1))
                                        .noneMatch(
                                                header ->
                                                        header.contains("private ")
                                                                && header.contains("@Nullable ")))
                .toList();
    }

    private static List<Finding> javadoc(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = TOP_LEVEL_TYPE.matcher(file.code());
        while (matcher.find()) {
            if (!file.text().substring(0, matcher.start()).contains("/**")) {
                findings.add(
                        file.finding(
                                "HOUS-015", matcher.start(), matcher.group(1) + " has no Javadoc"));
            }
        }
        return findings;
    }

    private static List<Finding> size(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        if (file.lines() > FILE_LINES) {
            findings.add(
                    file.finding("HOUS-014", 0, file.lines() + " lines, at most " + FILE_LINES));
        }
        for (Methods.Method method : new Methods(file).all()) {
            if (method.lines() > METHOD_LINES) {
                findings.add(tooMuch(file, method, method.lines() + " lines", METHOD_LINES));
            }
            if (method.parameters() > PARAMETERS) {
                findings.add(
                        tooMuch(file, method, method.parameters() + " parameters", PARAMETERS));
            }
        }
        return findings;
    }

    private static Finding tooMuch(
            SourceFile file, Methods.Method method, String actual, int limit) {
        return new Finding(
                "HOUS-014",
                file.path(),
                method.line(),
                method.name() + " has " + actual + ", at most " + limit);
    }
}
