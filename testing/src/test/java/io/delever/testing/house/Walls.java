package io.delever.testing.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may see whom: modules, packages of the engine, layers of a service. */
final class Walls {
    /** What each module may depend on; {@code testing} is for tests only. */
    static final Map<String, Set<String>> MODULE_GRAPH =
            Map.of(
                    "testing", Set.of(),
                    "contracts", Set.of(),
                    "engine", Set.of(),
                    "price-service", Set.of("engine", "contracts"),
                    "margin-service", Set.of("engine", "contracts"),
                    "liquidation-service", Set.of("engine", "contracts"),
                    "sentiment-service", Set.of("engine", "contracts"),
                    "gateway", Set.of("contracts"),
                    "simulation", Set.of("engine", "contracts"),
                    "deploy", Set.of());

    private static final Map<String, Set<String>> ENGINE_ORDER =
            Map.of(
                    "money", Set.of(),
                    "market", Set.of("money"),
                    "account", Set.of("money", "market"),
                    "pricing", Set.of("money", "market", "account"),
                    "margin", Set.of("money", "market", "account"),
                    "population", Set.of("money", "market", "account", "margin"),
                    "liquidation", Set.of("money", "market", "account", "pricing", "margin"),
                    "deleveraging",
                            Set.of(
                                    "money",
                                    "market",
                                    "account",
                                    "pricing",
                                    "margin",
                                    "liquidation"),
                    "sentiment",
                            Set.of(
                                    "money",
                                    "market",
                                    "account",
                                    "pricing",
                                    "margin",
                                    "liquidation",
                                    "deleveraging"),
                    "stress",
                            Set.of(
                                    "money",
                                    "market",
                                    "account",
                                    "pricing",
                                    "margin",
                                    "population",
                                    "liquidation",
                                    "deleveraging",
                                    "sentiment"));

    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<dependency>\\s*<groupId>io\\.delever</groupId>\\s*<artifactId>([\\w-]+)"
                            + "</artifactId>(.*?)</dependency>",
                    Pattern.DOTALL);
    private static final Pattern ENGINE_ALLOWED =
            Pattern.compile(
                    "(java\\.(lang|math|time|util|nio\\.charset|security|text)"
                            + "|org\\.jspecify|io\\.delever\\.engine)\\..*");
    private static final Pattern ENGINE_THREADS_AND_IO =
            Pattern.compile(
                    "java\\.util\\.(concurrent|logging|jar|zip)\\..*|java\\.security\\.Secure.*");
    private static final Pattern FRAMEWORK =
            Pattern.compile(
                    "(io\\.quarkus|jakarta|javax|io\\.grpc|com\\.google|io\\.delever\\.contracts"
                        + "|org\\.eclipse\\.microprofile|io\\.smallrye|io\\.vertx|io\\.micrometer"
                        + "|io\\.opentelemetry|org\\.hibernate|java\\.sql|org\\.jboss)\\..*");
    private static final Pattern SERVICE_PACKAGE =
            Pattern.compile(
                    "io\\.delever\\.(price|margin|liquidation|sentiment|gateway)\\.(\\w+).*");

    private Walls() {}

    /** HOUS-001, from the text of a pom. */
    static List<Finding> moduleGraph(String module, String pom) {
        List<Finding> findings = new ArrayList<>();
        Set<String> allowed = MODULE_GRAPH.get(module);
        if (allowed == null) {
            return List.of(
                    new Finding(
                            "HOUS-001", "pom.xml", 1, "module " + module + " is not in the graph"));
        }
        Matcher matcher = DEPENDENCY.matcher(pom);
        while (matcher.find()) {
            String target = matcher.group(1);
            boolean forTests = matcher.group(2).contains("<scope>test</scope>");
            boolean fine = target.equals("testing") ? forTests : allowed.contains(target);
            if (!fine) {
                int line = Finding.lineOf(pom, matcher.start());
                findings.add(
                        new Finding(
                                "HOUS-001",
                                module + "/pom.xml",
                                line,
                                module + " may not depend on " + target + scope(forTests)));
            }
        }
        return findings;
    }

    private static String scope(boolean forTests) {
        return forTests ? ", not even in tests" : "";
    }

    /** HOUS-002 and HOUS-003. */
    static List<Finding> engine(SourceFile file) {
        if (!file.module().equals("engine") || file.isTest()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        findings.addAll(
                file.findImports(
                        "HOUS-002",
                        Pattern.compile("(?!" + ENGINE_ALLOWED.pattern() + ").*"),
                        "the engine is the JDK and nullness annotations only"));
        findings.addAll(
                file.findImports(
                        "HOUS-002",
                        ENGINE_THREADS_AND_IO,
                        "no threads, logging or I/O in the engine"));
        String own = enginePackage(file.packageName()).orElse("");
        Set<String> above = ENGINE_ORDER.get(own);
        if (above == null) {
            findings.add(
                    file.finding("HOUS-003", 0, "not a package of the engine's order: " + own));
            return findings;
        }
        for (String other : ENGINE_ORDER.keySet()) {
            if (!other.equals(own) && !above.contains(other)) {
                findings.addAll(
                        file.find(
                                "HOUS-003",
                                Pattern.compile("io\\.delever\\.engine\\." + other + "\\b[\\w.]*"),
                                own + " imports only packages above it"));
            }
        }
        return findings;
    }

    private static Optional<String> enginePackage(String name) {
        String prefix = "io.delever.engine.";
        return name.startsWith(prefix)
                ? Optional.of(name.substring(prefix.length()).split("\\.", 2)[0])
                : Optional.empty();
    }

    /** HOUS-004 and HOUS-005. */
    static List<Finding> service(SourceFile file) {
        Matcher matcher = SERVICE_PACKAGE.matcher(file.packageName());
        if (file.isTest() || !matcher.matches()) {
            return List.of();
        }
        String service = matcher.group(1);
        String layer = matcher.group(2);
        List<Finding> findings = new ArrayList<>();
        if (layer.equals("core")) {
            findings.addAll(
                    file.findImports(
                            "HOUS-004",
                            FRAMEWORK,
                            "core knows no framework, protocol or database"));
        }
        if (layer.equals("app")) {
            return findings;
        }
        String others = "(?!core\\b|" + layer + "\\b" + sees(service, layer) + ")\\w+";
        findings.addAll(
                file.find(
                        "HOUS-005",
                        Pattern.compile(
                                "io\\.delever\\." + service + "\\." + others + "\\.[\\w.]*"),
                        layer + " does not see its siblings; app wires them"));
        return findings;
    }

    /** In the gateway the clients take the place of a core. */
    private static String sees(String service, String layer) {
        return service.equals("gateway") && layer.equals("rest") ? "|client\\b|auth\\b" : "";
    }
}
