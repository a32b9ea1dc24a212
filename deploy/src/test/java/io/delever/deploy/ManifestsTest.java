package io.delever.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.testing.Covers;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, as they are kept and as each overlay renders them. */
class ManifestsTest {
    /** DESIGN.md, how data flows: who dials whom. */
    private static final Set<String> ARROWS =
            Set.of(
                    "outside feeds -> price-service:8080",
                    "outside internal-systems -> margin-service:8080",
                    "outside edge -> gateway:8443",
                    "outside monitoring -> price-service:8080",
                    "outside monitoring -> margin-service:8080",
                    "outside monitoring -> liquidation-service:8080",
                    "outside monitoring -> sentiment-service:8080",
                    "outside monitoring -> gateway:8443",
                    "margin-service -> price-service:8080",
                    "liquidation-service -> margin-service:8080",
                    "liquidation-service -> outside venue:8090",
                    "sentiment-service -> price-service:8080",
                    "sentiment-service -> margin-service:8080",
                    "sentiment-service -> liquidation-service:8080",
                    "gateway -> price-service:8080",
                    "gateway -> margin-service:8080",
                    "gateway -> liquidation-service:8080",
                    "gateway -> sentiment-service:8080",
                    "price-service -> postgresql:5432",
                    "margin-service -> postgresql:5432",
                    "liquidation-service -> postgresql:5432",
                    "sentiment-service -> postgresql:5432",
                    "everybody -> namespace kube-system:53");

    static String version() {
        Matcher version =
                Pattern.compile("<artifactId>delever</artifactId>\\s*<version>([^<]+)<")
                        .matcher(Checkout.read("pom.xml"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static List<String> findings(Manifests manifests) {
        List<String> findings = new ArrayList<>(ModelCheck.check(manifests));
        findings.addAll(PodRules.check(manifests, version()));
        findings.addAll(ReferenceRules.check(manifests, InstallGuide.promised()));
        return findings;
    }

    @Test
    @Covers({"DEPL-001", "DEPL-003", "DEPL-004", "DEPL-005", "DEPL-006", "DEPL-008", "DEPL-009"})
    void whatIsKeptBreaksNoRule() {
        Manifests kept = Manifests.kept();
        assertThat(kept.workloads())
                .extracting(Manifests.Workload::name)
                .containsAll(Checkout.SERVICES);
        assertThat(findings(kept)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "staging", "production"})
    @Covers("DEPL-002")
    void whatAnOverlayRendersBreaksNoRule(String overlay) throws Exception {
        Manifests rendered = Manifests.rendered(overlay);
        assertThat(findings(rendered)).isEmpty();
        assertThat(rendered.workloads())
                .extracting(Manifests.Workload::name)
                .containsAll(Checkout.SERVICES);
        assertThat(rendered.all(Namespace.class))
                .extracting(each -> each.getMetadata().getName())
                .containsExactly("delever");
        assertThat(rendered.objects())
                .filteredOn(each -> !(each.object() instanceof Namespace))
                .extracting(each -> each.object().getMetadata().getNamespace())
                .containsOnly("delever");
        // What changes a configuration changes its name, and the pods with it.
        assertThat(rendered.all(io.fabric8.kubernetes.api.model.ConfigMap.class))
                .extracting(each -> each.getMetadata().getName())
                .allMatch(name -> name.matches(".*-[a-z0-9]{10}") || name.startsWith("dashboard-"));
    }

    /** Each rule sees what breaks it: a text of the base is changed, and the finding is named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    revisionHistoryLimit: 5 | revisionHistory: 5 | unknown field revisionHistory
                    cpu: "2" | cpu: 2 cores | is no quantity
                    matchLabels:\\n      app.kubernetes.io/name: margin-service\\n  template | matchLabels:\\n      app.kubernetes.io/name: margin\\n  template | the selector is not in the labels
                    targetPort: grpc | targetPort: http | no port
                    cpu: 1\\n | cpu: 3\\n | above limit
                    memory: 2Gi | mem: 2Gi | no request
                    name: margin-service-database | name: margin-database | no Secret margin-database
                    key: username | key: user | no key user
                    serviceAccountName: margin-service | serviceAccountName: default | no ServiceAccount default
                    image: delever/margin-service:0.1.0-SNAPSHOT | image: delever/margin-service:latest | is not pinned
                    image: delever/margin-service:0.1.0-SNAPSHOT | image: delever/margin-service:0.0.9 | is not of version
                    readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | restricted level
                    runAsNonRoot: true | runAsNonRoot: false | restricted level
                    automountServiceAccountToken: false\\n      enable | automountServiceAccountToken: true\\n      enable | a token of the service account
                    path: /q/health/ready | path: /health | is no health path
                    path: /q/health/ready | path: /q/health/live | readiness would restart
                    terminationGracePeriodSeconds: 30 | terminationGracePeriodSeconds: 5 | less time to end
                    maxUnavailable: 1 | maxUnavailable: 0 | lets nobody drain
                    mountPath: /tmp | mountPath: /tmp\\n            - name: data\\n              mountPath: /data | no volume data
                    containerPort: 8080 | containerPort: 80 | needs privileges
                    """)
    @Covers({
        "DEPL-001",
        "DEPL-003",
        "DEPL-004",
        "DEPL-005",
        "DEPL-006",
        "DEPL-007",
        "DEPL-008",
        "DEPL-009",
        "DEPL-011"
    })
    void aBrokenManifestIsNamed(String right, String wrong, String finding) {
        String text = Checkout.read("deploy/kubernetes/base/margin-service.yaml");
        String before = right.replace("\\n", "\n");
        assertThat(text).contains(before);
        List<String> findings = new ArrayList<>();
        try {
            String broken = text.replace(before, wrong.replace("\\n", "\n"));
            findings.addAll(
                    findings(
                            new Manifests(
                                    "broken",
                                    Manifests.documents("broken", broken),
                                    Manifests.kept().generated())));
        } catch (AssertionError e) {
            findings.add(String.valueOf(e.getMessage()));
        }
        assertThat(findings).anyMatch(each -> each.contains(finding));
    }

    @Test
    @Covers("DEPL-010")
    void thePoliciesAllowTheArrowsOfTheDesignAndNothingElse() {
        Manifests base = base();
        assertThat(Arrows.allowed(base)).isEqualTo(new TreeSet<>(ARROWS));
        NetworkPolicy nothing =
                base.all(NetworkPolicy.class).stream()
                        .filter(each -> each.getMetadata().getName().equals("nothing-by-default"))
                        .findFirst()
                        .orElseThrow();
        assertThat(nothing.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(nothing.getSpec().getIngress()).isEmpty();
        assertThat(nothing.getSpec().getEgress()).isEmpty();
        assertThat(nothing.getSpec().getPodSelector().getMatchLabels()).isEmpty();
    }

    @Test
    @Covers("DEPL-010")
    void everyCallThatAServiceIsConfiguredToMakeIsAnArrowAndTheOtherWayRound() {
        Set<String> made = new TreeSet<>(ARROWS);
        made.removeIf(arrow -> arrow.startsWith("outside ") || arrow.startsWith("everybody "));
        assertThat(Arrows.configured()).isEqualTo(made);
        for (String service : Checkout.SERVICES) {
            Set<String> clients = new TreeSet<>();
            Matcher client =
                    Pattern.compile("(?m)^quarkus\\.grpc\\.clients\\.(\\w+)\\.host=")
                            .matcher(
                                    Checkout.read(
                                            service
                                                    + "/src/main/resources/application.properties"));
            while (client.find()) {
                clients.add(client.group(1));
            }
            assertThat(Arrows.properties(service).stringPropertyNames())
                    .as("addresses that %s is given", service)
                    .containsAll(
                            clients.stream()
                                    .map(each -> "quarkus.grpc.clients." + each + ".host")
                                    .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    @Covers("DEPL-010")
    void anOverlayMovesOnlyWhatStandsOutside(String overlay) throws Exception {
        Set<String> inside = new TreeSet<>(Arrows.allowed(Manifests.rendered(overlay)));
        inside.removeIf(arrow -> arrow.contains("postgresql") || arrow.contains(" -> address "));
        inside.removeIf(arrow -> arrow.contains("outside venue"));
        Set<String> expected = new TreeSet<>(ARROWS);
        expected.removeIf(arrow -> arrow.contains("postgresql"));
        expected.removeIf(arrow -> arrow.contains("outside venue"));
        assertThat(inside).isEqualTo(expected);
    }

    @Test
    @Covers("DEPL-011")
    void oneProcessIsOnePodAndTheGatewaySharesItsWork() {
        Manifests base = base();
        assertThat(base.workloads())
                .filteredOn(each -> !each.name().equals("gateway"))
                .extracting(Manifests.Workload::replicas)
                .containsOnly(1);
        assertThat(base.objects())
                .filteredOn(each -> each.object().getKind().equals("Deployment"))
                .extracting(each -> each.tree().at("/spec/strategy/type").asText())
                .containsOnly("Recreate");
        assertThat(base.workloads())
                .filteredOn(each -> each.name().equals("gateway"))
                .extracting(Manifests.Workload::replicas)
                .containsExactly(2);
    }

    @Test
    @Covers("DEPL-009")
    void noAccountHasATokenAndTheNamespaceTakesRestrictedPodsOnly() {
        Manifests kept = Manifests.kept();
        assertThat(kept.all(ServiceAccount.class))
                .isNotEmpty()
                .allMatch(each -> Boolean.FALSE.equals(each.getAutomountServiceAccountToken()));
        assertThat(kept.all(Namespace.class))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.getMetadata().getLabels())
                                        .containsEntry(
                                                "pod-security.kubernetes.io/enforce",
                                                "restricted"));
        assertThat(kept.all(Service.class))
                .extracting(each -> each.getSpec().getType())
                .doesNotContain("NodePort", "LoadBalancer");
    }

    @Test
    @Covers("DEPL-006")
    void noSecretStandsInTheRepository() {
        assertThat(Manifests.kept().all(io.fabric8.kubernetes.api.model.Secret.class)).isEmpty();
        assertThat(Checkout.read(".gitignore"))
                .contains("deploy/kubernetes/overlays/local/secrets/");
    }

    private static Manifests base() {
        Manifests kept = Manifests.kept();
        return new Manifests(
                "base",
                kept.objects().stream().filter(each -> each.place().contains("/base/")).toList(),
                kept.generated());
    }
}
