package io.delever.simulation.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.simulation.SmallScenario;
import io.delever.simulation.demo.DemoOptions;
import io.delever.simulation.demo.DemoRun;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.report.SummaryFormat;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.ServiceName;
import io.delever.testing.Covers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged services as processes, a real PostgreSQL and the paper venue. The build packages the
 * services before this module's tests; where they are not packaged this is skipped and says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChainIT {
    private static final long SPEED = 4;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Scenario scenario = SmallScenario.scenario();
    private Optional<DemoRun> started = Optional.empty();

    @BeforeAll
    void startEverything(@TempDir Path data) {
        Path home = Path.of("..").toAbsolutePath().normalize();
        for (ServiceName service : ServiceName.values()) {
            Path jar = home.resolve(service.module() + "/target/quarkus-app/quarkus-run.jar");
            Assumptions.assumeTrue(Files.isRegularFile(jar), "skipped: not packaged, no " + jar);
        }
        DemoRun run =
                DemoRun.start(
                        new DemoOptions(
                                scenario,
                                Optional.empty(),
                                SPEED,
                                home,
                                data,
                                true,
                                Optional.empty(),
                                Optional.empty()),
                        said::add);
        started = Optional.of(run);
        run.open();
    }

    @AfterAll
    void stopEverything() {
        started.ifPresent(DemoRun::close);
    }

    @Test
    @Order(1)
    @Covers("SIMU-075")
    void everyContractIsServedToAPlainClient() {
        DemoRun run = started.orElseThrow();
        try (ContractCalls calls = new ContractCalls(run, scenario)) {
            calls.price();
            calls.margin();
            calls.liquidation();
            calls.sentiment();
            calls.execution();
        }
    }

    @Test
    @Order(2)
    @Covers("SIMU-074")
    void everyServiceIsKilledOnceAndNothingIsLostOrAppliedTwice() {
        DemoRun run = started.orElseThrow();
        Deque<ServiceName> victims = new ArrayDeque<>(List.of(ServiceName.values()));
        run.play();
        run.awaitPlayed(Duration.ofMinutes(8), () -> killOne(run, victims));
        assertThat(victims).as("services not killed, said: %s", said).isEmpty();
        RunSummary summary = run.finish(said::add);
        String text = SummaryFormat.text(summary) + said;
        assertThat(summary.holds()).as(text).isTrue();
        for (ServiceName service : ServiceName.values()) {
            assertThat(run.stack().restarts(service)).as("%s, %s", service, text).isEqualTo(1);
            assertThat(run.stack().isReady(service)).as("%s, %s", service, text).isTrue();
        }
        long rejected =
                summary.ticks().rejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(summary.ticks().accepted() + rejected).as(text).isEqualTo(summary.ticks().in());
        assertThat(summary.accounts().liquidated()).as(text).isGreaterThan(10);
        assertThat(summary.cases().closedNotional().isPositive()).as(text).isTrue();
        assertThat(said).filteredOn(line -> line.contains("started again")).hasSize(5);
    }

    /** The next one is killed when its turn has come and everybody is back from the last one. */
    private static void killOne(DemoRun run, Deque<ServiceName> victims) {
        if (victims.isEmpty()) {
            return;
        }
        int killed = ServiceName.values().length - victims.size();
        double played = (double) run.progress().ticksSent() / run.progress().ticks();
        boolean due = played > 0.25 + 0.12 * killed;
        boolean back = run.stack().restarts() == killed;
        for (ServiceName service : ServiceName.values()) {
            back = back && run.stack().isReady(service);
        }
        if (due && back) {
            run.stack().kill(victims.removeFirst());
        }
    }
}
