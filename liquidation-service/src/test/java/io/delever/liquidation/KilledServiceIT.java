package io.delever.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.engine.margin.Conservation;
import io.delever.engine.money.Quantity;
import io.delever.liquidation.world.World;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.delever.testing.FreePort;
import io.delever.testing.PostgresTestResource;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged service as a process that is killed without warning between its steps and started
 * again.
 */
final class KilledServiceIT {
    private static final Path PACKAGED = Path.of("target/quarkus-app/quarkus-run.jar");

    private final PostgresTestResource postgres = new PostgresTestResource();
    private final int worldPort = FreePort.next();
    private final int servicePort = FreePort.next();
    private final List<Process> processes = new ArrayList<>();
    private Map<String, String> databaseSettings;
    private World world;
    private Path log;

    @BeforeEach
    void startTheOthers() throws IOException {
        assertThat(PACKAGED).as("the packaged service").exists();
        databaseSettings = postgres.start();
        world = new World(worldPort);
        world.price("60000");
        log = Files.createTempFile("liquidation-service", ".log");
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        world.stop();
        postgres.stop();
        Files.deleteIfExists(log);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC"));
        databaseSettings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + servicePort);
        command.add("-Dquarkus.grpc.clients.margin.host=127.0.0.1");
        command.add("-Dquarkus.grpc.clients.margin.port=" + worldPort);
        command.add("-Dquarkus.grpc.clients.venue.host=127.0.0.1");
        command.add("-Dquarkus.grpc.clients.venue.port=" + worldPort);
        command.add("-Ddelever.pace.step-interval=20ms");
        command.add("-Ddelever.pace.retry-interval=50ms");
        command.add("-Ddelever.sizing.step-notional-cap-e8=300000000000");
        command.add("-Ddelever.calls.retry-max=100ms");
        command.add("-jar");
        command.add(PACKAGED.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .directory(new File("."))
                        .start();
        processes.add(process);
        return process;
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Await.until(what, LiquidationClient.LIMIT, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logged(), e);
        }
    }

    private String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Test
    @Covers({"LSVC-005", "LSVC-002", "LSVC-010", "LIQD-031"})
    void killedAgainAndAgainItSendsEveryOrderOnceAndBooksEveryFillOnce() throws Exception {
        world.deposit("alice", "4000");
        world.trade("alice", "1", "60000");
        world.bids("56950x50");
        Process process = start();
        try (LiquidationClient client = new LiquidationClient("127.0.0.1", servicePort)) {
            await("the service answers", () -> client.contribute("c1", "1000").getBalanceE8() > 0);
            // The answer to the first order is lost and the service dies before it can ask.
            world.loseVenueAnswers(1);
            world.price("57000");
            await("the first order", () -> world.orders().size() == 1);
            kill(process);
            for (int round = 2; round <= 4; round++) {
                process = start();
                int orders = round;
                // The price falls as the position shrinks, so that the account stays sick for long.
                world.price(Integer.toString(57000 - 20 * round));
                await("order " + round, () -> world.orders().size() >= orders || isClosed(client));
                kill(process);
            }
            Process last = start();
            await("the end", () -> isClosed(client));
            check(client);
            kill(last);
        }
    }

    @Test
    @Covers("LSVC-030")
    void aLedgerThatDoesNotAddUpKeepsEveryCaseFromRunning() throws Exception {
        world.deposit("alice", "4000");
        world.trade("alice", "1", "60000");
        world.bids("56950x50");
        Process first = start();
        await("ready", () -> ready().replaceAll("\\s", "").startsWith("{\"status\":\"UP\""));
        kill(first);
        try (Connection connection =
                        DriverManager.getConnection(
                                databaseSettings.get("quarkus.datasource.jdbc.url"),
                                databaseSettings.get("quarkus.datasource.username"),
                                databaseSettings.get("quarkus.datasource.password"));
                Statement statement = connection.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    "insert into ledger_entry values (1, 'e', 'DEFICITS_PAID',"
                                            + " 'FUND_CASH', 'USDC', 5, 'c', 1)"))
                    .isEqualTo(1);
        }
        world.price("57000");
        Process second = start();
        await("the reason", () -> ready().contains("below 0"));
        assertThat(ready()).contains("insurance fund ledger", "the open cases are not read yet");
        assertThat(world.orders()).isEmpty();
        kill(second);
    }

    private String ready() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + servicePort
                                                            + "/q/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void kill(Process process) throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor()).isNotZero();
    }

    private static boolean isClosed(LiquidationClient client) {
        return client.newest("alice").getState() == CaseState.CASE_STATE_CLOSED;
    }

    private void check(LiquidationClient client) {
        Case done = client.newest("alice");
        Set<String> steps = new TreeSet<>();
        Set<String> bookings = new TreeSet<>();
        for (CaseStep step : done.getStepsList()) {
            assertThat(step.getClientOrderId())
                    .isEqualTo(done.getCaseId() + "-" + step.getNumber());
            steps.add(step.getClientOrderId());
            step.getFillsList()
                    .forEach(
                            fill -> {
                                assertThat(fill.getBooked()).isTrue();
                                bookings.add(done.getCaseId() + ":" + fill.getFillId());
                            });
        }
        assertThat(world.orders().keySet()).isEqualTo(steps);
        assertThat(world.submits().values()).allMatch(count -> count == 1);
        assertThat(world.commands().keySet()).isEqualTo(bookings);
        assertThat(steps.size()).isGreaterThan(3);
        Conservation conservation = world.conservation();
        assertThat(conservation.isConserved()).isTrue();
        assertThat(conservation.instruments().getFirst().clearing()).isEqualTo(Quantity.ZERO);
        assertThat(conservation.assets().getFirst().insurance().e8())
                .isEqualTo(client.balance().getFeesE8() - client.balance().getPaidE8());
        assertThat(
                        client.fund
                                .getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance())
                                .getBalanced())
                .isTrue();
    }
}
