package io.delever.testing.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two-way check between the codes of {@code docs/spec} and {@code @Covers}. */
final class SpecCodes {
    private static final Pattern RULE =
            Pattern.compile("(?m)^\\s*[-*] \\*\\*([A-Z]{4}-\\d{3})\\*\\*");
    private static final Pattern RULE_LIKE = Pattern.compile("(?m)^.*\\*\\*([A-Z]{4}-\\d+)\\*\\*");
    private static final Pattern COVERS =
            Pattern.compile("@(?:io\\.delever\\.testing\\.)?Covers\\s*\\(([^)]*)\\)");
    private static final Pattern CODE = Pattern.compile("\"([^\"]*)\"");

    private final Map<String, Finding> rules = new LinkedHashMap<>();
    private final Map<String, Finding> covered = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** Reads one file of rules. */
    void spec(String path, String text) {
        Matcher matcher = RULE.matcher(text);
        while (matcher.find()) {
            String code = matcher.group(1);
            Finding here =
                    new Finding("HOUS-017", path, Finding.lineOf(text, matcher.start(1)), code);
            Finding first = rules.putIfAbsent(code, here);
            if (first != null) {
                findings.add(
                        new Finding(
                                "HOUS-017",
                                path,
                                here.line(),
                                code + " stands already in " + first.file() + ":" + first.line()));
            }
        }
        Matcher like = RULE_LIKE.matcher(text);
        while (like.find()) {
            if (!rules.containsKey(like.group(1))) {
                findings.add(
                        new Finding(
                                "HOUS-017",
                                path,
                                Finding.lineOf(text, like.start(1)),
                                like.group(1) + " is not a rule line: - **ABCD-001** Sentence."));
            }
        }
    }

    /** Reads one source of tests. */
    void test(SourceFile file) {
        Matcher matcher = COVERS.matcher(file.text());
        while (matcher.find()) {
            if (file.code().charAt(matcher.start()) != '@') {
                continue;
            }
            Matcher code = CODE.matcher(matcher.group(1));
            while (code.find()) {
                covered.putIfAbsent(
                        code.group(1), file.finding("HOUS-017", matcher.start(), code.group(1)));
            }
        }
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        rules.forEach(
                (code, place) -> {
                    if (!covered.containsKey(code)) {
                        all.add(place.with("no test covers " + code));
                    }
                });
        covered.forEach(
                (code, place) -> {
                    if (!rules.containsKey(code)) {
                        all.add(place.with("@Covers(\"" + code + "\") names no rule of docs/spec"));
                    }
                });
        return all;
    }
}
