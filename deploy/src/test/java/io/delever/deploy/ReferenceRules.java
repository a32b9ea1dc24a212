package io.delever.deploy;

import io.delever.deploy.Manifests.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whatever names something names what is there (DEPL-003, DEPL-004, DEPL-006, DEPL-011). */
final class ReferenceRules {
    private final List<String> findings = new ArrayList<>();
    private final Manifests manifests;
    private final Map<String, Set<String>> promised;

    private ReferenceRules(Manifests manifests, Map<String, Set<String>> promised) {
        this.manifests = manifests;
        this.promised = promised;
    }

    /** {@code promised} names Secrets and ConfigMaps that the install guide asks for, with keys. */
    static List<String> check(Manifests manifests, Map<String, Set<String>> promised) {
        ReferenceRules rules = new ReferenceRules(manifests, promised);
        rules.manifests.all(Service.class).forEach(rules::service);
        rules.manifests.workloads().forEach(rules::workload);
        rules.manifests.all(PodDisruptionBudget.class).forEach(rules::budget);
        rules.manifests.all(HorizontalPodAutoscaler.class).forEach(rules::scaler);
        rules.manifests.all(NetworkPolicy.class).forEach(rules::policy);
        return rules.findings;
    }

    private void service(Service service) {
        String name = "Service " + service.getMetadata().getName();
        List<Workload> chosen = chosen(service.getSpec().getSelector());
        if (chosen.size() != 1) {
            findings.add(name + ": selects the pods of " + chosen.size() + " workloads");
            return;
        }
        Container container = chosen.getFirst().template().getSpec().getContainers().getFirst();
        for (ServicePort port : service.getSpec().getPorts()) {
            require(port.getName() != null, name + ": a port without a name");
            require(
                    port.getTargetPort() != null
                            && PodRules.port(port.getTargetPort(), container).isPresent(),
                    name + ": no port " + port.getTargetPort() + " in the container");
        }
    }

    private void workload(Workload workload) {
        String name = workload.name();
        require(
                selects(workload.selector(), workload),
                name + ": the selector is not in the labels of its pods");
        require(
                workload.selector().keySet().stream().noneMatch(key -> key.contains("version")),
                name + ": a version in the selector: it could never be upgraded");
        require(
                manifests.all(PodDisruptionBudget.class).stream()
                                .filter(
                                        each ->
                                                selects(
                                                        each.getSpec()
                                                                .getSelector()
                                                                .getMatchLabels(),
                                                        workload))
                                .count()
                        == 1,
                name + ": not exactly one disruption budget");
        var pod = workload.template().getSpec();
        require(
                named(ServiceAccount.class, pod.getServiceAccountName()),
                name + ": no ServiceAccount " + pod.getServiceAccountName());
        Set<String> volumes = new HashSet<>();
        for (Volume volume : pod.getVolumes()) {
            volumes.add(volume.getName());
            volume(name, volume);
        }
        for (Container container : pod.getContainers()) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                require(
                        volumes.contains(mount.getName()) || claimed(name, mount.getName()),
                        name + ": no volume " + mount.getName());
            }
            container.getEnv().forEach(each -> variable(name, each));
            container.getEnvFrom().forEach(each -> variables(name, each));
        }
    }

    private boolean claimed(String workload, String volume) {
        return manifests.all(io.fabric8.kubernetes.api.model.apps.StatefulSet.class).stream()
                .filter(each -> each.getMetadata().getName().equals(workload))
                .flatMap(each -> each.getSpec().getVolumeClaimTemplates().stream())
                .anyMatch(claim -> claim.getMetadata().getName().equals(volume));
    }

    private void volume(String name, Volume volume) {
        if (volume.getConfigMap() != null) {
            exists(name, ConfigMap.class, volume.getConfigMap().getName(), List.of());
        }
        if (volume.getSecret() != null) {
            List<String> keys =
                    volume.getSecret().getItems().stream().map(each -> each.getKey()).toList();
            exists(name, Secret.class, volume.getSecret().getSecretName(), keys);
        }
        if (volume.getProjected() != null) {
            volume.getProjected().getSources().stream()
                    .filter(source -> source.getSecret() != null)
                    .forEach(
                            source ->
                                    exists(
                                            name,
                                            Secret.class,
                                            source.getSecret().getName(),
                                            source.getSecret().getItems().stream()
                                                    .map(each -> each.getKey())
                                                    .toList()));
        }
    }

    private void variable(String name, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return;
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        if (secret != null) {
            exists(name, Secret.class, secret.getName(), List.of(secret.getKey()));
        }
        require(
                secret != null || !variable.getName().matches(".*(PASSWORD|TOKEN|SECRET).*"),
                name + ": " + variable.getName() + " is no reference to a Secret");
    }

    private void variables(String name, EnvFromSource source) {
        if (source.getConfigMapRef() != null) {
            exists(name, ConfigMap.class, source.getConfigMapRef().getName(), List.of());
        }
    }

    private void exists(
            String name,
            Class<? extends io.fabric8.kubernetes.api.model.HasMetadata> type,
            String wanted,
            List<String> keys) {
        Set<String> known = new HashSet<>();
        boolean there = false;
        if (named(type, wanted)) {
            there = true;
            manifests.all(Secret.class).stream()
                    .filter(each -> each.getMetadata().getName().equals(wanted))
                    .filter(each -> each.getData() != null)
                    .forEach(each -> known.addAll(each.getData().keySet()));
        }
        for (Map<String, Set<String>> each : List.of(manifests.generated(), promised)) {
            if (each.containsKey(wanted)) {
                there = true;
                known.addAll(each.get(wanted));
            }
        }
        require(there, name + ": no " + type.getSimpleName() + " " + wanted);
        if (there && type == Secret.class) {
            keys.forEach(
                    key ->
                            require(
                                    known.contains(key),
                                    name + ": no key " + key + " in Secret " + wanted));
        }
    }

    private void budget(PodDisruptionBudget budget) {
        String name = "PodDisruptionBudget " + budget.getMetadata().getName();
        require(
                chosen(budget.getSpec().getSelector().getMatchLabels()).size() == 1,
                name + ": does not select the pods of one workload");
        require(
                budget.getSpec().getMaxUnavailable() != null
                        && budget.getSpec().getMaxUnavailable().getIntVal() != null
                        && budget.getSpec().getMaxUnavailable().getIntVal() >= 1,
                name + ": lets nobody drain a node");
    }

    private void scaler(HorizontalPodAutoscaler scaler) {
        var target = scaler.getSpec().getScaleTargetRef();
        require(
                manifests.objects().stream()
                        .anyMatch(
                                each ->
                                        each.object().getKind().equals(target.getKind())
                                                && each.object()
                                                        .getMetadata()
                                                        .getName()
                                                        .equals(target.getName())),
                "HorizontalPodAutoscaler: no " + target.getKind() + " " + target.getName());
        require(
                target.getName().equals("gateway"),
                "HorizontalPodAutoscaler: " + target.getName() + " is one process");
        manifests.workloads().stream()
                .filter(each -> each.name().equals(target.getName()))
                .forEach(
                        each ->
                                require(
                                        each.replicas() >= scaler.getSpec().getMinReplicas()
                                                && each.replicas()
                                                        <= scaler.getSpec().getMaxReplicas(),
                                        "HorizontalPodAutoscaler: "
                                                + each.replicas()
                                                + " replicas are outside of its range"));
    }

    private void policy(NetworkPolicy policy) {
        Map<String, String> labels = policy.getSpec().getPodSelector().getMatchLabels();
        require(
                labels.isEmpty() || !chosen(labels).isEmpty() || isForOperator(labels),
                "NetworkPolicy "
                        + policy.getMetadata().getName()
                        + ": selects no pods of these manifests");
    }

    /** The pods of the database in a cluster whose operator makes them. */
    private boolean isForOperator(Map<String, String> labels) {
        return labels.equals(Map.of("app.kubernetes.io/name", "postgresql"))
                && manifests.objects().stream()
                        .anyMatch(each -> each.object().getKind().equals("Cluster"));
    }

    private List<Workload> chosen(Map<String, String> selector) {
        return manifests.workloads().stream().filter(each -> selects(selector, each)).toList();
    }

    /** The label that kustomize adds to all pods counts as theirs. */
    private static boolean selects(Map<String, String> selector, Workload workload) {
        Map<String, String> labels =
                new java.util.HashMap<>(workload.template().getMetadata().getLabels());
        labels.put("app.kubernetes.io/part-of", "delever");
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private boolean named(
            Class<? extends io.fabric8.kubernetes.api.model.HasMetadata> type, String name) {
        return manifests.all(type).stream()
                .anyMatch(each -> each.getMetadata().getName().equals(name));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }
}
