package io.delever.testing.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the methods and constructors with a body, by their braces. */
final class Methods {
    private static final Pattern HEADER_END =
            Pattern.compile("\\)\\s*(?:throws\\s+[\\w.,\\s]+)?\\{");
    private static final Set<String> NOT_A_METHOD =
            Set.of("if", "for", "while", "switch", "catch", "try", "synchronized", "super", "this");

    private final SourceFile file;
    private final String code;

    Methods(SourceFile file) {
        this.file = file;
        this.code = file.code();
    }

    /** A method: the line it starts on, the lines from there to its last brace, its parameters. */
    record Method(String name, int line, int lines, int parameters) {
        boolean contains(int number) {
            return number >= line && number < line + lines;
        }
    }

    List<Method> all() {
        List<Method> methods = new ArrayList<>();
        Matcher matcher = HEADER_END.matcher(code);
        while (matcher.find()) {
            methodAt(matcher.start(), matcher.end() - 1).ifPresent(methods::add);
        }
        return methods;
    }

    private Optional<Method> methodAt(int closing, int brace) {
        int opening = openingOf(closing);
        int nameEnd = skipBlanksBack(opening);
        int nameStart = startOfWord(nameEnd);
        String name = code.substring(nameStart, nameEnd);
        int before = skipBlanksBack(nameStart);
        String previous = code.substring(startOfWord(before), before);
        if (name.isEmpty()
                || NOT_A_METHOD.contains(name)
                || previous.equals("record")
                || previous.equals("new")
                || (before > 0 && ".@(=".indexOf(code.charAt(before - 1)) >= 0)) {
            return Optional.empty();
        }
        int first = file.lineOf(nameStart);
        int last = file.lineOf(closingBraceOf(brace));
        return Optional.of(
                new Method(
                        name,
                        first,
                        last - first + 1,
                        count(code.substring(opening + 1, closing))));
    }

    private int openingOf(int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            if (code.charAt(i) == ')') {
                depth++;
            } else if (code.charAt(i) == '(' && --depth == 0) {
                return i;
            }
        }
        return 0;
    }

    private int closingBraceOf(int opening) {
        int depth = 0;
        for (int i = opening; i < code.length(); i++) {
            if (code.charAt(i) == '{') {
                depth++;
            } else if (code.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return code.length() - 1;
    }

    private int skipBlanksBack(int end) {
        int i = end;
        while (i > 0 && Character.isWhitespace(code.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private int startOfWord(int end) {
        int i = end;
        while (i > 0 && Character.isJavaIdentifierPart(code.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static int count(String parameters) {
        if (parameters.isBlank()) {
            return 0;
        }
        int depth = 0;
        int commas = 0;
        for (char c : parameters.toCharArray()) {
            if ("<([{".indexOf(c) >= 0) {
                depth++;
            } else if (">)]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                commas++;
            }
        }
        return commas + 1;
    }
}
