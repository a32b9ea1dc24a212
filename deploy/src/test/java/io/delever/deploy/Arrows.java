package io.delever.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may call whom: as the network policies say and as the services are configured. */
final class Arrows {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String ROLE = "delever.io/role";
    private static final String NAMESPACE = "kubernetes.io/metadata.name";
    private static final Pattern CLIENT =
            Pattern.compile("quarkus\\.grpc\\.clients\\.(\\w+)\\.host");

    private Arrows() {}

    /** The callers and called that both sides of the policies let through, as "a -> b:port". */
    static Set<String> allowed(Manifests manifests) {
        Set<String> leaving = new TreeSet<>();
        Set<String> entering = new TreeSet<>();
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            List<String> own = names(policy.getSpec().getPodSelector());
            for (var rule : policy.getSpec().getEgress()) {
                add(leaving, own, peers(rule.getTo()), rule.getPorts());
            }
            for (var rule : policy.getSpec().getIngress()) {
                add(entering, peers(rule.getFrom()), own, rule.getPorts());
            }
        }
        Set<String> allowed = new TreeSet<>();
        for (String arrow : leaving) {
            boolean inside = Checkout.SERVICES.contains(arrow.split(" -> ")[1].split(":")[0]);
            if (!inside || entering.contains(arrow)) {
                allowed.add(arrow);
            }
        }
        for (String arrow : entering) {
            if (arrow.startsWith("outside ")) {
                allowed.add(arrow);
            }
        }
        return allowed;
    }

    /** The calls that the configuration of the base makes services make. */
    static Set<String> configured() {
        Set<String> arrows = new TreeSet<>();
        for (String service : Checkout.SERVICES) {
            Properties config = properties(service);
            for (String key : config.stringPropertyNames()) {
                Matcher client = CLIENT.matcher(key);
                if (client.matches()) {
                    String port = config.getProperty(key.replace(".host", ".port"), "?");
                    String host = config.getProperty(key);
                    arrows.add(
                            client.group(1).equals("venue")
                                    ? service + " -> outside venue:8090"
                                    : service + " -> " + host + ":" + port);
                }
            }
            if (config.containsKey("quarkus.datasource.jdbc.url")) {
                arrows.add(service + " -> postgresql:5432");
            }
        }
        return arrows;
    }

    /** What the base hands a service as its configuration. */
    static Properties properties(String service) {
        Properties properties = new Properties();
        try (var reader =
                java.nio.file.Files.newBufferedReader(
                        Checkout.file(
                                "deploy/kubernetes/base/config/" + service + ".properties"))) {
            properties.load(reader);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties;
    }

    private static void add(
            Set<String> arrows, List<String> from, List<String> to, List<NetworkPolicyPort> ports) {
        for (String caller : from) {
            for (String called : to) {
                for (NetworkPolicyPort port : ports) {
                    arrows.add(caller + " -> " + called + ":" + port.getPort().getIntVal());
                }
            }
        }
    }

    private static List<String> peers(List<NetworkPolicyPeer> peers) {
        List<String> names = new ArrayList<>();
        for (NetworkPolicyPeer peer : peers) {
            if (peer.getIpBlock() != null) {
                names.add("address " + peer.getIpBlock().getCidr());
            } else if (peer.getNamespaceSelector() != null) {
                Map<String, String> labels =
                        new HashMap<>(peer.getNamespaceSelector().getMatchLabels());
                names.add(
                        labels.containsKey(ROLE)
                                ? "outside " + labels.get(ROLE)
                                : "namespace " + labels.getOrDefault(NAMESPACE, "any"));
            } else {
                names.addAll(names(peer.getPodSelector()));
            }
        }
        return names;
    }

    private static List<String> names(LabelSelector selector) {
        String name = selector.getMatchLabels().get(NAME);
        if (name != null) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>();
        selector.getMatchExpressions().stream()
                .filter(each -> each.getKey().equals(NAME) && each.getOperator().equals("In"))
                .forEach(each -> names.addAll(each.getValues()));
        return names.isEmpty() ? List.of("everybody") : names;
    }
}
