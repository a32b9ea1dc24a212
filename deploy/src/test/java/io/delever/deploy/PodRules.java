package io.delever.deploy;

import io.delever.deploy.Manifests.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for the pods of every workload (DEPL-004, DEPL-005, DEPL-007 to DEPL-009). */
final class PodRules {
    private static final Pattern PINNED =
            Pattern.compile(".+(:[0-9][0-9A-Za-z._-]*|@sha256:[0-9a-f]{64})");
    private static final Pattern PORT_NAME = Pattern.compile("[a-z]([a-z0-9-]{0,13}[a-z0-9])?");
    private static final int LONGEST_DRAIN_SECONDS = 15;
    private static final Set<String> HEALTH_PATHS =
            Set.of("/q/health/live", "/q/health/ready", "/q/health/started");

    private final List<String> findings = new ArrayList<>();
    private final String version;

    private PodRules(String version) {
        this.version = version;
    }

    /** Looks at every workload; {@code version} is the one that images of this build carry. */
    static List<String> check(Manifests manifests, String version) {
        PodRules rules = new PodRules(version);
        for (Workload workload : manifests.workloads()) {
            rules.pods(workload);
        }
        return rules.findings;
    }

    private void pods(Workload workload) {
        String name = workload.name();
        PodSpec pod = workload.template().getSpec();
        require(
                Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()),
                name + ": a token of the service account is mounted");
        require(
                Boolean.FALSE.equals(pod.getEnableServiceLinks()),
                name + ": addresses of all services stand in the environment");
        require(
                pod.getTerminationGracePeriodSeconds() != null
                        && pod.getTerminationGracePeriodSeconds() > LONGEST_DRAIN_SECONDS,
                name + ": less time to end than the drain takes");
        require(
                pod.getHostNetwork() == null && pod.getHostPID() == null,
                name + ": a share of the host");
        var security = pod.getSecurityContext();
        require(
                security != null
                        && Boolean.TRUE.equals(security.getRunAsNonRoot())
                        && security.getRunAsUser() != null
                        && security.getRunAsUser() > 0
                        && security.getSeccompProfile() != null
                        && "RuntimeDefault".equals(security.getSeccompProfile().getType()),
                name + ": not at the restricted level: user or seccomp");
        pod.getVolumes()
                .forEach(v -> require(v.getHostPath() == null, name + ": a folder of the host"));
        pod.getContainers().forEach(container -> container(name, container));
    }

    private void container(String workload, Container container) {
        String name = workload + "/" + container.getName();
        image(name, container.getImage());
        resources(name, container);
        security(name, container.getSecurityContext());
        for (ContainerPort port : container.getPorts()) {
            require(
                    port.getName() != null && PORT_NAME.matcher(port.getName()).matches(),
                    name + ": port " + port.getName() + " has no fit name");
            require(
                    port.getContainerPort() > 1023 && port.getContainerPort() < 65536,
                    name + ": port " + port.getContainerPort() + " needs privileges or is none");
        }
        probe(name + " startup", container.getStartupProbe(), container);
        probe(name + " liveness", container.getLivenessProbe(), container);
        probe(name + " readiness", container.getReadinessProbe(), container);
        if (Checkout.SERVICES.contains(workload)
                && container.getLivenessProbe() != null
                && container.getReadinessProbe() != null) {
            require(
                    !Objects.equals(
                            path(container.getLivenessProbe()),
                            path(container.getReadinessProbe())),
                    name + ": readiness would restart the pod");
        }
    }

    private void image(String name, String image) {
        require(PINNED.matcher(image).matches(), name + ": image " + image + " is not pinned");
        if (image.contains("delever/")) {
            require(
                    image.endsWith(":" + version) || image.contains("@sha256:"),
                    name + ": image " + image + " is not of version " + version);
        }
    }

    private void resources(String name, Container container) {
        Map<String, Quantity> requests =
                container.getResources() == null
                        ? Map.of()
                        : Optional.ofNullable(container.getResources().getRequests())
                                .orElse(Map.of());
        Map<String, Quantity> limits =
                container.getResources() == null
                        ? Map.of()
                        : Optional.ofNullable(container.getResources().getLimits())
                                .orElse(Map.of());
        for (String resource : List.of("cpu", "memory")) {
            Quantity request = requests.get(resource);
            Quantity limit = limits.get(resource);
            if (request == null || limit == null) {
                findings.add(name + ": no request or no limit of " + resource);
                continue;
            }
            require(
                    isAtMost(request, limit),
                    name + ": " + resource + " request " + request + " above limit " + limit);
        }
    }

    private static boolean isAtMost(Quantity request, Quantity limit) {
        try {
            return Quantity.getAmountInBytes(request).compareTo(Quantity.getAmountInBytes(limit))
                    <= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void security(String name, SecurityContext security) {
        require(
                security != null
                        && Boolean.FALSE.equals(security.getAllowPrivilegeEscalation())
                        && Boolean.TRUE.equals(security.getReadOnlyRootFilesystem())
                        && !Boolean.TRUE.equals(security.getPrivileged())
                        && security.getCapabilities() != null
                        && List.of("ALL").equals(security.getCapabilities().getDrop())
                        && security.getCapabilities().getAdd().isEmpty(),
                name + ": not at the restricted level: privileges, root file system, capabilities");
    }

    private void probe(String name, Probe probe, Container container) {
        if (probe == null) {
            findings.add(name + ": no probe");
            return;
        }
        if (probe.getHttpGet() == null) {
            require(probe.getExec() != null, name + ": asks nothing");
            return;
        }
        require(
                HEALTH_PATHS.contains(probe.getHttpGet().getPath()),
                name + ": " + probe.getHttpGet().getPath() + " is no health path");
        ContainerPort port = port(probe.getHttpGet().getPort(), container).orElse(null);
        if (port == null) {
            findings.add(name + ": no port " + probe.getHttpGet().getPort() + " in the container");
            return;
        }
        require(
                "https".equals(port.getName()) == "HTTPS".equals(probe.getHttpGet().getScheme()),
                name + ": the scheme is not the one of the port");
    }

    /** The port of a container that a name or number means. */
    static Optional<ContainerPort> port(IntOrString wanted, Container container) {
        return container.getPorts().stream()
                .filter(
                        port ->
                                wanted.getStrVal() == null
                                        ? Objects.equals(
                                                port.getContainerPort(), wanted.getIntVal())
                                        : wanted.getStrVal().equals(port.getName()))
                .findFirst();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet() == null ? "" : probe.getHttpGet().getPath();
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }
}
