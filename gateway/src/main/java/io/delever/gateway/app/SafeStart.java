package io.delever.gateway.app;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Checks whether it is safe to start before any port is open (GATE-040). */
@Singleton
public final class SafeStart {
    private static final Logger LOG = Logger.getLogger(SafeStart.class);

    private final GatewayConfig settings;
    private final Config config;

    @Inject
    SafeStart(GatewayConfig settings, Config config) {
        this.settings = settings;
        this.config = config;
    }

    // The filters are collected while the router is built, which is before the ports are opened.
    void check(@Observes Filters filters) {
        StartupGuard.check(setup()).ifPresent(LOG::warn);
    }

    private StartupGuard.Setup setup() {
        return new StartupGuard.Setup(
                text("quarkus.http.host").orElse("0.0.0.0"),
                settings.auth().mode() == GatewayConfig.AuthMode.OPEN,
                ConfigUtils.getProfiles(),
                !text("quarkus.http.insecure-requests").orElse("enabled").equals("disabled"),
                text("quarkus.http.tls-configuration-name").isPresent()
                        || text("quarkus.http.ssl.certificate.files").isPresent()
                        || text("quarkus.http.ssl.certificate.key-store-file").isPresent(),
                text("mp.jwt.verify.issuer"),
                text("mp.jwt.verify.publickey.location"),
                text("mp.jwt.verify.audiences"),
                settings.auth().tokensFile().isPresent(),
                settings.audit().file().isPresent());
    }

    private Optional<String> text(String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
