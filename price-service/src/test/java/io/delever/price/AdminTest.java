package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.IndexAverage;
import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexMethod;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.OutlierRule;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.engine.market.PriceState.Missing;
import io.delever.price.core.CoreSettings;
import io.delever.price.core.PriceCore;
import io.delever.price.core.PriceMetrics;
import io.delever.price.core.Stores;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class AdminTest {
    @TestHTTPResource("/")
    URI uri;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String jdbcUrl;

    @Inject TestClock clock;
    @Inject CoreSettings settings;
    @Inject Stores stores;
    @Inject PriceMetrics metrics;
    @Inject PriceCore running;
    private PriceClient client;

    @BeforeEach
    void connect() {
        client = new PriceClient(uri.getPort());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static PutInstrumentRequest put(String commandId, IndexDefinition.Builder definition) {
        return PutInstrumentRequest.newBuilder()
                .setCommandId(commandId)
                .setDefinition(definition)
                .build();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private List<IndexDefinition> listed(String prefix) {
        return client
                .admin()
                .listInstruments(ListInstrumentsRequest.getDefaultInstance())
                .getDefinitionsList()
                .stream()
                .filter(each -> each.getInstrumentId().startsWith(prefix))
                .toList();
    }

    private List<String> storedVersions(String instrument) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
                PreparedStatement query =
                        connection.prepareStatement(
                                "select version, command_id, minimum_sources, (select count(*) from"
                                        + " index_source s where s.definition_id = d.id) from"
                                        + " index_definition d where instrument_id = ? order by"
                                        + " version")) {
            query.setString(1, instrument);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(
                            "%d %s %d/%d"
                                    .formatted(
                                            result.getLong(1),
                                            result.getString(2),
                                            result.getInt(3),
                                            result.getInt(4)));
                }
            }
        }
        return rows;
    }

    @Test
    @Covers({"PSVC-020", "PSVC-021", "PSVC-022"})
    void everyDefinitionIsAVersionAndARepeatedCommandGetsItsFirstAnswer() throws Exception {
        String first = newId();
        String second = newId();
        IndexDefinition.Builder one = index("VERSIONS", "versions-a");
        IndexDefinition.Builder two =
                index("VERSIONS", "versions-a", "versions-b").setMinimumSources(2);
        assertThat(client.admin().putInstrument(put(first, one)).getDefinition())
                .isEqualTo(one.build());
        assertThat(storedVersions("VERSIONS")).containsExactly("1 " + first + " 1/1");
        assertThat(
                        client.prices()
                                .getPrice(
                                        GetPriceRequest.newBuilder()
                                                .setInstrumentId("VERSIONS")
                                                .build())
                                .getPrice()
                                .getState())
                .isEqualTo(PriceState.PRICE_STATE_MISSING);
        assertThat(client.admin().putInstrument(put(second, two)).getDefinition())
                .isEqualTo(two.build());
        for (IndexDefinition.Builder repeated : List.of(one, two, index("OTHER", "other"))) {
            assertThat(client.admin().putInstrument(put(first, repeated)).getDefinition())
                    .isEqualTo(one.build());
        }
        assertThat(storedVersions("VERSIONS"))
                .containsExactly("1 " + first + " 1/1", "2 " + second + " 2/2");
        assertThat(listed("VERSIONS")).containsExactly(two.build());
        assertThat(listed("OTHER")).isEmpty();
    }

    @Test
    @Covers({"PSVC-023", "PSVC-040"})
    void whatIsNoDefinitionIsRefusedByFieldValueAndLimit() throws Exception {
        IndexDefinition good = index("INVALID", "a", "b").build();
        String[] many =
                Stream.iterate(0, i -> i + 1).limit(65).map(i -> "v" + i).toArray(String[]::new);
        assertRefused(good.toBuilder().clearSources(), "sources", "0");
        assertRefused(index("INVALID", many), "sources", "65");
        assertRefused(index("INVALID", "a", "a"), "sources", "a X");
        assertRefused(good.toBuilder().setMinimumSources(0), "minimum_sources", "0");
        assertRefused(good.toBuilder().setMinimumSources(3), "minimum_sources", "3");
        assertRefused(good.toBuilder().setOutlierLimitPpm(0), "outlier_limit_ppm", "0");
        assertRefused(good.toBuilder().setOutlierLimitPpm(-1), "outlier_limit_ppm", "-1");
        assertRefused(good.toBuilder().setOutlierLimitPpm(500_001), "outlier_limit_ppm", "500001");
        assertRefused(good.toBuilder().setTickSizeE8(0), "tick_size_e8", "0");
        assertRefused(good.toBuilder().setTickSizeE8(-5), "tick_size_e8", "-5");
        assertRefused(
                good.toBuilder().setSources(0, good.getSources(0).toBuilder().setWeight(0)),
                "weight",
                "0");
        assertRefused(
                good.toBuilder().setSources(0, good.getSources(0).toBuilder().setWeight(-1)),
                "weight",
                "-1");
        assertRefused(
                good.toBuilder()
                        .setSources(0, good.getSources(0).toBuilder().setStalenessLimitNanos(0)),
                "staleness_limit_nanos",
                "0");
        assertRefused(
                good.toBuilder().setSources(0, good.getSources(0).toBuilder().setMarket("a b")),
                "market",
                "a b");
        for (IndexDefinition.Builder malformed :
                List.of(
                        good.toBuilder().setInstrumentId(""),
                        good.toBuilder().setInstrumentId("no id"),
                        good.toBuilder()
                                .setSources(0, good.getSources(0).toBuilder().setVenueId("")))) {
            Throwable error =
                    catchThrowable(() -> client.admin().putInstrument(put(newId(), malformed)));
            assertThat(Status.fromThrowable(error).getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(Errors.reason(error)).isEqualTo("INVALID_DEFINITION");
        }
        assertThat(storedVersions("INVALID")).isEmpty();
        assertThat(listed("INVALID")).isEmpty();
    }

    @Test
    @Covers("PSVC-027")
    void methodConversionAndOwnMarketAreKept() {
        IndexDefinition.Builder definition = index("METHOD", "method-a", "method-b", "method-c");
        definition
                .setMethod(
                        IndexMethod.newBuilder()
                                .setOutlierRule(OutlierRule.OUTLIER_RULE_CLAMP)
                                .setAverage(IndexAverage.INDEX_AVERAGE_WEIGHTED_MEAN)
                                .setVolumeWindowNanos(3_600_000_000_000L)
                                .setWeightCapPpm(400_000)
                                .setOwnCapPpm(100_000)
                                .setFrozenAfterNanos(5_000_000_000L)
                                .setFrozenMovePpm(10_000))
                .getSourcesBuilder(1)
                .setRateInstrumentId("USDC-USD")
                .setDepegLimitPpm(20_000);
        definition.getSourcesBuilder(2).setOwnVenue(true);
        String command = newId();
        assertThat(client.admin().putInstrument(put(command, definition)).getDefinition())
                .isEqualTo(definition.build());
        assertThat(listed("METHOD")).containsExactly(definition.build());
        try (PriceCore next = new PriceCore(settings, stores, metrics, clock, newId())) {
            next.start();
            assertThat(next.registry().all()).isEqualTo(running.registry().all());
        }
        // Fields that are unset mean the standard, which is answered without them.
        IndexDefinition.Builder plain = index("METHOD", "method-a");
        IndexDefinition.Builder spelledOut =
                plain.clone()
                        .setMethod(
                                IndexMethod.newBuilder()
                                        .setOutlierRule(OutlierRule.OUTLIER_RULE_EXCLUDE)
                                        .setAverage(IndexAverage.INDEX_AVERAGE_WEIGHTED_MEDIAN)
                                        .setWeightCapPpm(1_000_000));
        assertThat(client.admin().putInstrument(put(newId(), spelledOut)).getDefinition())
                .isEqualTo(plain.build());
    }

    @Test
    @Covers({"PSVC-023", "PSVC-027"})
    void whatIsNoMethodIsRefused() throws Exception {
        IndexDefinition good = index("NO-METHOD", "a", "b").build();
        assertRefused(method(good).setWeightCapPpm(-1), good, "weight_cap_ppm", "-1");
        assertRefused(method(good).setWeightCapPpm(1_000_001), good, "weight_cap_ppm", "1000001");
        assertRefused(method(good).setOwnCapPpm(-1), good, "own_cap_ppm", "-1");
        assertRefused(method(good).setVolumeWindowNanos(-1), good, "volume_window_nanos", "-1");
        assertRefused(method(good).setFrozenMovePpm(-1), good, "frozen_move_ppm", "-1");
        assertRefused(method(good).setFrozenMovePpm(1), good, "frozen_after_nanos", "0");
        assertRefused(method(good).setFrozenAfterNanos(1), good, "frozen_move_ppm", "0");
        assertRefused(method(good).setOutlierRuleValue(9), good, "outlier_rule", "UNRECOGNIZED");
        assertRefused(method(good).setAverageValue(9), good, "average", "UNRECOGNIZED");
        assertRefused(source(good).setDepegLimitPpm(1), good, "", "");
        assertRefused(source(good).setRateInstrumentId("R"), good, "depeg_limit_ppm", "0");
        assertRefused(
                source(good).setRateInstrumentId("NO-METHOD").setDepegLimitPpm(1),
                good,
                "rate_instrument_id",
                "a X");
        assertThat(storedVersions("NO-METHOD")).isEmpty();
    }

    private static IndexMethod.Builder method(IndexDefinition definition) {
        return definition.getMethod().toBuilder();
    }

    private static IndexSource.Builder source(IndexDefinition definition) {
        return definition.getSources(0).toBuilder();
    }

    private void assertRefused(
            IndexMethod.Builder method, IndexDefinition good, String field, String value) {
        assertRefused(good.toBuilder().setMethod(method), field, value);
    }

    private void assertRefused(
            IndexSource.Builder source, IndexDefinition good, String field, String value) {
        IndexDefinition.Builder definition = good.toBuilder().setSources(0, source);
        if (field.isEmpty()) {
            Throwable error =
                    catchThrowable(() -> client.admin().putInstrument(put(newId(), definition)));
            assertThat(Errors.reason(error)).isEqualTo("INVALID_DEFINITION");
        } else {
            assertRefused(definition, field, value);
        }
    }

    private void assertRefused(IndexDefinition.Builder definition, String field, String value) {
        Throwable error =
                catchThrowable(() -> client.admin().putInstrument(put(newId(), definition)));
        assertThat(Status.fromThrowable(error).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Errors.reason(error)).isEqualTo("INVALID_DEFINITION");
        assertThat(Errors.metadata(error))
                .containsEntry("field", field)
                .containsEntry("value", value)
                .containsKeys("limit", "id");
    }

    @Test
    @Covers("PSVC-023")
    void commandIdMustBeOne() throws Exception {
        for (String id : new String[] {"", "a b", "x".repeat(129), "é"}) {
            Throwable error =
                    catchThrowable(
                            () -> client.admin().putInstrument(put(id, index("COMMAND-ID", "a"))));
            assertThat(Status.fromThrowable(error).getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(Errors.reason(error)).isEqualTo("INVALID_COMMAND_ID");
        }
        assertThat(storedVersions("COMMAND-ID")).isEmpty();
        String longest = "x".repeat(128);
        assertThat(
                        client.admin()
                                .putInstrument(put(longest, index("COMMAND-ID", "a")))
                                .getDefinition()
                                .getInstrumentId())
                .isEqualTo("COMMAND-ID");
    }

    @Test
    @Covers({"PSVC-021", "PSVC-024"})
    void nextRunHasTheDefinitionsAndNoPrices() {
        String command = newId();
        IndexDefinition definition = index("RESTART", "restart-a", "restart-b").build();
        client.list(index("RESTART", "restart-a").build());
        assertThat(
                        client.admin()
                                .putInstrument(put(command, definition.toBuilder()))
                                .getDefinition())
                .isEqualTo(definition);
        assertThat(
                        client.feed()
                                .sendAndWait(tick("restart-a", 100, clock.nanos()))
                                .getAcceptedCount())
                .isEqualTo(1);
        try (PriceCore next = new PriceCore(settings, stores, metrics, clock, newId())) {
            next.start();
            assertThat(next.registry().all()).isEqualTo(running.registry().all());
            assertThat(next.publisher().epoch()).isNotEqualTo(running.publisher().epoch());
            assertThat(next.publisher().book().all())
                    .hasSameSizeAs(running.publisher().book().all())
                    .allSatisfy(price -> assertThat(price.state()).isInstanceOf(Missing.class));
            var replacement = running.registry().all().getFirst();
            assertThat(next.registry().put(command, replacement).instrument().value())
                    .isEqualTo("RESTART");
        }
    }

    @Test
    @Covers({"PSVC-025", "PSVC-030"})
    void databaseThatIsGoneStopsDefinitionsAndNothingElse() throws Exception {
        client.list(index("DB-GONE", "db-gone").build());
        String command = newId();
        IndexDefinition.Builder change = index("DB-GONE", "db-gone", "db-back");
        PriceClient.Feed feed = client.feed();
        String otherDatabase = jdbcUrl.replaceFirst("/postgres(\\?|$)", "/template1$1");
        try (Connection admin = DriverManager.getConnection(otherDatabase, "postgres", "postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("alter database postgres allow_connections false");
            try {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                                + " 'postgres'");
                Throwable error =
                        catchThrowable(() -> client.admin().putInstrument(put(command, change)));
                assertThat(Status.fromThrowable(error).getCode())
                        .isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(Errors.reason(error)).isEqualTo("STORE_UNAVAILABLE");
                assertThat(Errors.hasRetryInfo(error)).isTrue();
                assertThat(feed.sendAndWait(tick("db-gone", 100, clock.nanos())).getAcceptedCount())
                        .isEqualTo(1);
                RestAssured.get(uri + "q/health/live").then().statusCode(200);
                RestAssured.get(uri + "q/health/ready").then().statusCode(503);
            } finally {
                statement.execute("alter database postgres allow_connections true");
            }
        }
        Await.until(
                "the same command succeeds",
                () -> {
                    try {
                        return client.admin()
                                .putInstrument(put(command, change))
                                .getDefinition()
                                .equals(change.build());
                    } catch (io.grpc.StatusRuntimeException notYet) {
                        return false;
                    }
                });
        assertThat(storedVersions("DB-GONE")).hasSize(2);
        assertThat(listed("DB-GONE")).containsExactly(change.build());
        RestAssured.get(uri + "q/health/ready").then().statusCode(200);
    }
}
