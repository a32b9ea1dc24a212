package io.delever.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A gateway of its own that asks who calls; its settings come from {@link IssuerResource}. */
public final class AskedProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return settings();
    }

    /** The place of the keys has to be known before the gateway is put together. */
    static Map<String, String> settings() {
        return Map.of(
                "mp.jwt.verify.publickey.location", IssuerResource.KEY_SET.toUri().toString());
    }
}
