package io.delever.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.testing.Covers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged services, started as the base starts them. */
class PackagedServicesIT {
    private static final String TOKEN = "dlv_" + "0".repeat(64);
    private static EmbeddedPostgres postgres;
    @TempDir static Path folder;

    @BeforeAll
    static void startTheDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopTheDatabase() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price-service",
                "margin-service",
                "liquidation-service",
                "sentiment-service",
                "gateway"
            })
    @Covers({"DEPL-007", "DEPL-012"})
    void aServiceStartsAsTheBaseConfiguresItAndAnswersWhatItsProbesAsk(String service)
            throws Exception {
        assumeTrue(PackagedService.isThere(service), service + " is not packaged");
        try (PackagedService started = start(service)) {
            assertThat(started.address())
                    .startsWith(service.equals("gateway") ? "https://" : "http://");
            HttpResponse<String> live = started.get("/q/health/live");
            assertThat(live.statusCode()).as(live.body()).isEqualTo(200);
            for (String path : List.of("/q/health/ready", "/q/health/started")) {
                HttpResponse<String> answer = started.get(path);
                assertThat(answer.statusCode()).as(path).isIn(200, 503);
                assertThat(answer.body()).contains("\"checks\"");
            }
            assertThat(started.log()).doesNotContain("Unrecognized configuration key");
            HttpResponse<String> metrics =
                    started.get("/q/metrics", "Authorization", "Bearer " + TOKEN);
            assertThat(metrics.statusCode()).isEqualTo(200);
            Files.writeString(Path.of("target", service + ".metrics"), metrics.body());
        }
    }

    private static PackagedService start(String service) throws Exception {
        Path own = Files.createDirectories(folder.resolve(service));
        Map<String, String> environment = new HashMap<>();
        SSLContext trust = SSLContext.getDefault();
        List<String> options = List.of();
        if (service.equals("gateway")) {
            trust = Certificates.write(own.resolve("tls"));
            Files.writeString(
                    own.resolve("tokens"),
                    "scrape " + sha256(TOKEN) + " 2099-01-01T00:00:00Z viewer -\n");
            options =
                    List.of(
                            "-Dquarkus.tls.https.key-store.pem.0.cert=" + own + "/tls/tls.crt",
                            "-Dquarkus.tls.https.key-store.pem.0.key=" + own + "/tls/tls.key",
                            "-Ddelever.auth.tokens-file=" + own + "/tokens",
                            "-Ddelever.audit.file=" + own + "/audit.jsonl");
            environment.put("DELEVER_ALLOWED_HOSTS", "gateway");
        } else {
            createDatabase(service.replace("-service", ""));
            environment.put("POSTGRES_ADDRESS", "localhost:" + postgres.getPort());
            environment.put("POSTGRES_PARAMETERS", "sslmode=disable");
            environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
            environment.put("VENUE_HOST", "localhost");
            environment.put("VENUE_PORT", "1");
        }
        return PackagedService.start(service, own, environment, options, trust);
    }

    private static void createDatabase(String name) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
