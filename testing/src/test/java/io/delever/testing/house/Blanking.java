package io.delever.testing.house;

/**
 * Splits a source into its code and its comments. Each keeps its place: what belongs to the other,
 * and strings, text blocks and characters in both, become blanks; line breaks stay.
 */
final class Blanking {
    private final String text;
    private final StringBuilder code;
    private final StringBuilder comments;
    private int at;

    Blanking(String text) {
        this.text = text;
        this.code = new StringBuilder(text.length());
        this.comments = new StringBuilder(text.length());
        split();
    }

    String code() {
        return code.toString();
    }

    String comments() {
        return comments.toString();
    }

    private void split() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                comment(endOfLine());
            } else if (text.startsWith("/*", at)) {
                comment(after("*/", at + 2));
            } else if (text.startsWith("\"\"\"", at)) {
                literal(endOfTextBlock());
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                literal(endOfLiteral(text.charAt(at)));
            } else {
                code.append(text.charAt(at));
                comments.append(blank(text.charAt(at++)));
            }
        }
    }

    private void comment(int end) {
        for (; at < end; at++) {
            comments.append(text.charAt(at));
            code.append(blank(text.charAt(at)));
        }
    }

    private void literal(int end) {
        for (; at < end; at++) {
            comments.append(blank(text.charAt(at)));
            code.append(blank(text.charAt(at)));
        }
    }

    private static char blank(char c) {
        return c == '\n' ? '\n' : ' ';
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private int after(String mark, int from) {
        int end = text.indexOf(mark, from);
        return end < 0 ? text.length() : end + mark.length();
    }

    private int endOfTextBlock() {
        int end = at + 3;
        while (end < text.length() && !text.startsWith("\"\"\"", end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), end + 3);
    }

    private int endOfLiteral(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), end + 1);
    }
}
