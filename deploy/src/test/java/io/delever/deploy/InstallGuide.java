package io.delever.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Secrets and ConfigMaps that {@code docs/runbooks/install.md} asks the operator for. */
final class InstallGuide {
    private static final Pattern ROW =
            Pattern.compile("(?m)^ *\\| (?:Secret|ConfigMap) `([\\w-]+)` \\| ([^|]+) \\|");
    private static final Pattern KEY = Pattern.compile("`([\\w.-]+)`");

    private InstallGuide() {}

    static Map<String, Set<String>> promised() {
        Map<String, Set<String>> promised = new HashMap<>();
        Matcher rows = ROW.matcher(Checkout.read("docs/runbooks/install.md"));
        while (rows.find()) {
            Set<String> keys = promised.computeIfAbsent(rows.group(1), name -> new TreeSet<>());
            Matcher key = KEY.matcher(rows.group(2));
            while (key.find()) {
                keys.add(key.group(1));
            }
        }
        return promised;
    }
}
