package io.delever.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The manifests, either as they are kept or as kustomize renders an overlay.
 *
 * @param name what they are, for messages
 * @param objects every object
 * @param generated the names of ConfigMaps and Secrets that kustomize builds, with their keys
 */
record Manifests(String name, List<Document> objects, Map<String, Set<String>> generated) {
    static final List<String> OVERLAYS = List.of("local", "staging", "production");
    private static final String FOLDER = "deploy/kubernetes";
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * One object.
     *
     * @param place where it stands, for messages
     * @param tree what is written
     * @param object what the model makes of it
     */
    record Document(String place, JsonNode tree, HasMetadata object) {}

    /**
     * A workload and its pods.
     *
     * @param name its name
     * @param replicas how many pods it asks for
     * @param selector the labels it selects its pods by
     * @param template the pods
     */
    record Workload(
            String name, int replicas, Map<String, String> selector, PodTemplateSpec template) {}

    /** What stands in the files, without the patches of an overlay. */
    static Manifests kept() {
        List<Document> objects = new ArrayList<>();
        Map<String, Set<String>> generated = new LinkedHashMap<>();
        for (Path kustomization : Checkout.files(FOLDER, "kustomization.yaml")) {
            JsonNode node = parse(Checkout.read(kustomization)).getFirst();
            node.path("configMapGenerator").forEach(each -> addGenerated(each, generated));
            node.path("secretGenerator").forEach(each -> addGenerated(each, generated));
            for (JsonNode resource : node.path("resources")) {
                Path file = kustomization.resolveSibling(resource.asText());
                if (Files.isRegularFile(file)) {
                    objects.addAll(
                            documents(
                                    Checkout.root().relativize(file).toString(),
                                    Checkout.read(file)));
                }
            }
        }
        return new Manifests("kept manifests", objects, generated);
    }

    /** What {@code kubectl kustomize} makes of an overlay. */
    static Manifests rendered(String overlay) throws IOException, InterruptedException {
        Tools.need("kubectl");
        Path copy = Files.createTempDirectory("kubernetes-");
        try {
            copy(Checkout.file(FOLDER), copy);
            if (overlay.equals("local")) {
                LocalSecrets.write(copy.resolve("overlays/local/secrets"));
            }
            Tools.Result result =
                    Tools.run(
                            copy, "kubectl", "kustomize", copy.resolve("overlays/" + overlay) + "");
            if (result.code() != 0) {
                throw new AssertionError("kubectl kustomize " + overlay + ": " + result.output());
            }
            return new Manifests(overlay, documents(overlay, result.output()), Map.of());
        } finally {
            delete(copy);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream()
                .map(Document::object)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        for (Deployment each : all(Deployment.class)) {
            workloads.add(
                    new Workload(
                            each.getMetadata().getName(),
                            replicas(each.getSpec().getReplicas()),
                            each.getSpec().getSelector().getMatchLabels(),
                            each.getSpec().getTemplate()));
        }
        for (StatefulSet each : all(StatefulSet.class)) {
            workloads.add(
                    new Workload(
                            each.getMetadata().getName(),
                            replicas(each.getSpec().getReplicas()),
                            each.getSpec().getSelector().getMatchLabels(),
                            each.getSpec().getTemplate()));
        }
        return workloads;
    }

    /** Kubernetes takes one where nothing is said. */
    private static int replicas(Integer stated) {
        return stated == null ? 1 : stated;
    }

    static List<JsonNode> parse(String text) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects in a text; the model reads each, or the message names the place. */
    static List<Document> documents(String place, String text) {
        List<Document> documents = new ArrayList<>();
        for (JsonNode tree : parse(text)) {
            String where =
                    "%s: %s %s"
                            .formatted(
                                    place,
                                    tree.path("kind").asText(),
                                    tree.path("metadata").path("name").asText());
            Object object;
            try {
                object = SERIALIZATION.unmarshal(tree.toString());
            } catch (RuntimeException e) {
                throw new AssertionError(where + ": " + e.getMessage(), e);
            }
            if (!(object instanceof HasMetadata known)) {
                throw new AssertionError(where + " is no object of Kubernetes");
            }
            documents.add(new Document(where, tree, known));
        }
        return documents;
    }

    private static void addGenerated(JsonNode generator, Map<String, Set<String>> generated) {
        Set<String> keys =
                generated.computeIfAbsent(generator.path("name").asText(), n -> new TreeSet<>());
        for (JsonNode literal : generator.path("literals")) {
            keys.add(literal.asText().split("=", 2)[0]);
        }
        for (JsonNode file : generator.path("files")) {
            String text = file.asText();
            keys.add(
                    text.contains("=")
                            ? text.split("=", 2)[0]
                            : Path.of(text).getFileName().toString());
        }
        for (JsonNode ignored : generator.path("envs")) {
            keys.addAll(LocalSecrets.KEYS);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.getParent().endsWith("secrets")) {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
