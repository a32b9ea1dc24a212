package io.delever.deploy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the model of Kubernetes does not know or cannot read. */
final class ModelCheck {
    /** Kinds of operators that the model has no classes for; own assertions look at them. */
    private static final Set<String> BEYOND_THE_MODEL =
            Set.of(
                    "cert-manager.io/v1 Certificate",
                    "gateway.networking.k8s.io/v1 BackendTLSPolicy",
                    "postgresql.cnpg.io/v1 Cluster",
                    "postgresql.cnpg.io/v1 Database");

    private final List<String> findings = new ArrayList<>();

    private ModelCheck() {}

    static List<String> check(Manifests manifests) {
        ModelCheck check = new ModelCheck();
        for (Manifests.Document document : manifests.objects()) {
            Object object = document.object();
            if (object instanceof GenericKubernetesResource generic) {
                String kind = generic.getApiVersion() + " " + generic.getKind();
                if (!BEYOND_THE_MODEL.contains(kind)) {
                    check.findings.add(document.place() + ": the model does not know " + kind);
                }
            } else {
                check.walk(document.place(), object);
            }
        }
        return check.findings;
    }

    private void walk(String place, Object value) {
        switch (value) {
            case Quantity quantity -> quantity(place, quantity);
            case Map<?, ?> map -> map.forEach((key, each) -> walk(place + "." + key, each));
            case Collection<?> all -> {
                int index = 0;
                for (Object each : all) {
                    walk(place + "[" + index++ + "]", each);
                }
            }
            case KubernetesResource resource -> properties(place, resource);
            default -> {
                // A number, a text: read by the model already.
            }
        }
    }

    private void quantity(String place, Quantity quantity) {
        try {
            if (quantity.getNumericalAmount().signum() < 0) {
                findings.add(place + ": " + quantity + " is below zero");
            }
        } catch (IllegalArgumentException e) {
            findings.add(place + ": " + quantity + " is no quantity");
        }
    }

    private void properties(String place, KubernetesResource resource) {
        for (Method method : resource.getClass().getMethods()) {
            if (method.getParameterCount() > 0
                    || !method.getName().startsWith("get")
                    || method.getName().equals("getClass")) {
                continue;
            }
            Optional<Object> got = get(resource, method);
            if (got.isEmpty()) {
                continue;
            }
            Object value = got.get();
            if (method.getName().equals("getAdditionalProperties")) {
                ((Map<?, ?>) value)
                        .keySet()
                        .forEach(key -> findings.add(place + ": unknown field " + key));
            } else {
                String name = method.getName().substring(3);
                walk(
                        place + "." + Character.toLowerCase(name.charAt(0)) + name.substring(1),
                        value);
            }
        }
    }

    private static Optional<Object> get(Object of, Method method) {
        try {
            return Optional.ofNullable(method.invoke(of));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method + " of the model cannot be called", e);
        }
    }
}
