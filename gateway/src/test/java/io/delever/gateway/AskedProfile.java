package io.delever.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A gateway of its own that asks who calls; its settings come from {@link IssuerResource}. */
public final class AskedProfile implements QuarkusTestProfile {}
