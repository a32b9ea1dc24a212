package io.delever.margin.app;

import static io.delever.margin.Wire.BTC;
import static io.delever.margin.Wire.deposit;
import static io.delever.margin.Wire.e8;
import static io.delever.margin.Wire.fill;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.price.v1.PriceState;
import io.delever.margin.PriceSource;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What prices do to accounts, and what is left when a neighbour is gone. */
@QuarkusTest
final class PricesAndOutagesIT extends RunningService {
    @Test
    @Covers({"JRNL-020", "JRNL-021"})
    void riskEventsStartWithASnapshotAndResume() {
        submit(deposit(id("d"), id("r"), "1000"));
        submit(fill(id("f"), id("r"), "0.1", "60000"));
        try (RiskReader reader = new RiskReader(channel)) {
            assertThat(reader.await(0, LIMIT).getSnapshot()).isTrue();
            prices.publish(BTC, "52000");
            Await.until(
                    "liquidatable",
                    LIMIT,
                    () -> reader.states(id("r")).contains(RiskState.RISK_STATE_LIQUIDATABLE));
            prices.publish(BTC, "60000");
            Await.until(
                    "healthy again",
                    LIMIT,
                    () -> reader.lastState(id("r")) == RiskState.RISK_STATE_HEALTHY);
            long seen = reader.messages().getFirst().getSequence();
            String epoch = reader.messages().getFirst().getEpoch();

            try (RiskReader resumed = new RiskReader(channel, epoch, seen)) {
                assertThat(resumed.await(0, LIMIT).getSnapshot()).isFalse();
                Await.until(
                        "the same events",
                        LIMIT,
                        () -> resumed.states(id("r")).equals(reader.states(id("r"))));
            }
            try (RiskReader stranger = new RiskReader(channel, "another-run", seen)) {
                assertThat(stranger.await(0, LIMIT).getSnapshot()).isTrue();
            }
        }
    }

    @Test
    @Covers({"JRNL-017", "JRNL-019"})
    void aSilentSenderMakesPricesStaleAndItsReturnRestoresThem() throws IOException {
        submit(deposit(id("d"), id("s"), "1000"));
        submit(fill(id("f"), id("s"), "0.1", "60000"));
        Await.until("priced", LIMIT, () -> state(id("s")) == RiskState.RISK_STATE_HEALTHY);
        prices.mute(true);

        Await.until("stale", LIMIT, () -> state(id("s")) == RiskState.RISK_STATE_PRICE_UNAVAILABLE);
        assertThat(account(id("s")).getPrices(0).getUsable()).isFalse();
        assertThat(account(id("s")).getPrices(0).getMarkPriceE8()).isEqualTo(e8("60000"));
        assertThat(statusOf("/q/health/ready")).isEqualTo(503);
        assertThat(submit(deposit(id("d2"), id("s"), "1")).hasAccepted()).isTrue();
        prices.mute(false);
        prices.publish(BTC, "61000");
        Await.until("fresh", LIMIT, () -> state(id("s")) == RiskState.RISK_STATE_HEALTHY);
        Await.until("ready", LIMIT, () -> statusOf("/q/health/ready") == 200);
    }

    @Test
    @Covers("JRNL-019")
    void theSubscriberComesBackAfterItsSenderDied() throws IOException {
        prices.publish(BTC, "60500");
        Await.until("first sender", LIMIT, () -> mark() == e8("60500"));
        prices.dropStreams();
        Await.until(
                "a resumed stream",
                LIMIT,
                () -> prices.requests().stream().anyMatch(r -> r.getResumeEpoch().equals(run)));
        prices.close();
        prices = new PriceSource(pricePort, "second-" + run);
        prices.publish(BTC, "60700");

        Await.until("second sender", LIMIT, () -> mark() == e8("60700"));
    }

    @Test
    void anUnusablePriceIsNeverUsed() {
        submit(deposit(id("d"), id("u"), "1000"));
        submit(fill(id("f"), id("u"), "0.1", "60000"));
        prices.publish(BTC, "100", PriceState.PRICE_STATE_STALE);
        Await.until("stale", LIMIT, () -> state(id("u")) == RiskState.RISK_STATE_PRICE_UNAVAILABLE);
        prices.publish(BTC, "60000", PriceState.PRICE_STATE_DEGRADED);
        Await.until("usable", LIMIT, () -> state(id("u")) == RiskState.RISK_STATE_HEALTHY);
        assertConserved();
    }

    @Test
    @Covers({"JRNL-016", "JRNL-023", "JRNL-001"})
    void aDatabaseThatIsGoneForTenSecondsLosesNothing() throws Exception {
        submit(deposit(id("d"), id("db"), "1000"));
        submit(fill(id("f"), id("db"), "0.1", "60000"));
        CommandCall call = new CommandCall(channel);
        StatusRuntimeException refused;
        try (PausedPostgres paused = PausedPostgres.pause(database)) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            call.send(1, deposits("g", 0, 10, id("gone")));
            refused = awaitRefusal(deposit(id("probe"), id("gone"), "1"));
            prices.publish(BTC, "52000");
            try (RiskReader reader = new RiskReader(channel)) {
                Await.until(
                        "prices go on being evaluated",
                        LIMIT,
                        () -> reader.lastState(id("db")) == RiskState.RISK_STATE_LIQUIDATABLE);
            }
            Await.until("not ready", LIMIT, () -> statusOf("/q/health/ready") == 503);
            Await.until("ten seconds", LIMIT, () -> System.nanoTime() > end);
            assertThat(call.responses()).isEmpty();
            assertThat(paused.processCount()).isGreaterThan(1);
        }

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(errorInfo(refused).getReason()).isEqualTo("JOURNAL_UNAVAILABLE");
        assertThat(detail(refused, RetryInfo.class).getRetryDelay())
                .isEqualTo(com.google.protobuf.Duration.newBuilder().setNanos(250_000_000).build());
        call.awaitResponses(1, LIMIT);
        assertThat(call.responses().getFirst().getRepliesList())
                .allMatch(CommandReply::hasAccepted);
        prices.publish(BTC, "60000");
        Await.until("ready again", LIMIT, () -> statusOf("/q/health/ready") == 200);
        Await.until(
                "commands are taken again",
                LIMIT,
                () -> submit(deposit(id("probe"), id("gone"), "1")).hasAccepted());
        for (CommandReply reply : call.responses().getFirst().getRepliesList()) {
            assertThat(journaled(reply.getCommandId()))
                    .isEqualTo(reply.getAccepted().getSequence());
        }
        assertThat(balance(id("gone"))).isEqualTo(e8("11"));
        assertConserved();
        call.cut();
    }

    @Test
    @Covers("JRNL-023")
    void healthAndMetricsSayHowItIs() {
        assertThat(statusOf("/q/health/live")).isEqualTo(200);
        String ready = given().when().get("/q/health/ready").asString();
        assertThat(ready).contains("serving", "shard 0", "shard 1", "silent for");
        String metrics = given().when().get("/q/metrics").asString();
        assertThat(metrics)
                .contains(
                        "delever_commands_total{outcome=\"accepted\"}",
                        "delever_journal_batch_entries_count",
                        "delever_journal_commit_seconds_bucket",
                        "delever_shard_queue_depth{shard=\"1\"}",
                        "delever_shard_accounts{shard=\"0\"}",
                        "delever_risk_transitions_total{to=\"liquidatable\"}",
                        "delever_prices_age_seconds",
                        "delever_margin_evaluation");
    }
}
