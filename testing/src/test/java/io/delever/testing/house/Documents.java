package io.delever.testing.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every module says about itself, and the links between the documents. */
final class Documents {
    static final List<String> SECTIONS =
            List.of("may depend on", "run and test", "configuration", "limits", "spec codes");

    private static final Pattern LINK =
            Pattern.compile("\\[[^\\]]+\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    private Documents() {}

    /** HOUS-016: the sections of a module's README. */
    static List<Finding> readme(String path, String text) {
        List<Finding> findings = new ArrayList<>();
        if (!text.startsWith("# ")) {
            findings.add(new Finding("HOUS-016", path, 1, "starts with the name: # Module"));
        }
        List<String> headings =
                text.lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3).strip().toLowerCase(Locale.ROOT))
                        .toList();
        for (String section : SECTIONS) {
            if (!headings.contains(section)) {
                findings.add(
                        new Finding("HOUS-016", path, 1, "has no section \"## " + section + "\""));
            }
        }
        return findings;
    }

    /** HOUS-018: a link to a file of this repository leads somewhere. */
    static List<Finding> links(String path, String text, Repository repository) {
        List<Finding> findings = new ArrayList<>();
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            String target = matcher.group(1);
            boolean outside = target.contains(":") || target.startsWith("/");
            if (!outside && !repository.exists(folder + target)) {
                int line = Finding.lineOf(text, matcher.start());
                findings.add(new Finding("HOUS-018", path, line, "leads nowhere: " + target));
            }
        }
        return findings;
    }
}
