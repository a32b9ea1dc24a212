package io.delever.testing.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source as the rules see it: the text, and the code, which is the text with comments,
 * strings and characters blanked out, at the same offsets.
 */
final class SourceFile {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");

    private final String path;
    private final String text;
    private final String code;
    private final String comments;

    /**
     * @param path relative to the repository root, with slashes
     */
    SourceFile(String path, String text) {
        this.path = path;
        this.text = text;
        Blanking blanking = new Blanking(text);
        this.code = blanking.code();
        this.comments = blanking.comments();
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    String code() {
        return code;
    }

    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The package, or an empty text for the unnamed one. */
    String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    boolean isIn(String packageName) {
        return packageName().equals(packageName) || packageName().startsWith(packageName + ".");
    }

    /** Finds in the code, that is outside comments and strings. */
    List<Finding> find(String rule, Pattern pattern, String message) {
        return findIn(code, rule, pattern, message);
    }

    /** Finds in comments only. */
    List<Finding> findInComments(String rule, Pattern pattern, String message) {
        return findIn(comments, rule, pattern, message);
    }

    /** Finds imports whose name matches as a whole. */
    List<Finding> findImports(String rule, Pattern name, String message) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(code);
        while (matcher.find()) {
            if (name.matcher(matcher.group(1)).matches()) {
                findings.add(finding(rule, matcher.start(), matcher.group(1) + ": " + message));
            }
        }
        return findings;
    }

    Finding finding(String rule, int offset, String message) {
        return new Finding(rule, path, lineOf(offset), message);
    }

    int lineOf(int offset) {
        return Finding.lineOf(text, offset);
    }

    int lines() {
        return (int) text.lines().count();
    }

    private List<Finding> findIn(String where, String rule, Pattern pattern, String message) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = pattern.matcher(where);
        while (matcher.find()) {
            findings.add(finding(rule, matcher.start(), matcher.group().strip() + ": " + message));
        }
        return findings;
    }
}
