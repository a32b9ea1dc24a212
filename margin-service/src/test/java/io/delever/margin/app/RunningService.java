package io.delever.margin.app;

import static io.delever.margin.Wire.BTC;
import static io.delever.margin.Wire.USD;
import static io.delever.margin.Wire.command;
import static io.delever.margin.Wire.deposit;
import static io.delever.margin.Wire.e8;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc.AccountCommandServiceBlockingStub;
import io.delever.contracts.margin.v1.AssumedPrice;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.HypotheticalAccount;
import io.delever.contracts.margin.v1.HypotheticalPosition;
import io.delever.contracts.margin.v1.InstrumentListing;
import io.delever.contracts.margin.v1.LeverageChange;
import io.delever.contracts.margin.v1.MarginMode;
import io.delever.contracts.margin.v1.MarginModeChange;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.MarginServiceGrpc.MarginServiceBlockingStub;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.margin.PriceSource;
import io.delever.margin.Wire;
import io.delever.margin.core.ShardRouter;
import io.delever.margin.persistence.ShardConfigurations;
import io.delever.testing.Await;
import io.delever.testing.PostgresTestResource;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;

/** The service from outside: a plain gRPC client, a real PostgreSQL, a real price stream. */
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(PriceStreamResource.class)
abstract class RunningService {
    static final Duration LIMIT = Duration.ofSeconds(40);

    @TestHTTPResource("/")
    URL address;

    @ConfigProperty(name = "quarkus.grpc.clients.price.test-port")
    int pricePort;

    @Inject DataSource database;
    @Inject ShardConfigurations configurations;

    final String run = UUID.randomUUID().toString().substring(0, 8);
    ManagedChannel channel;
    AccountCommandServiceBlockingStub commands;
    MarginServiceBlockingStub margin;
    PriceSource prices;

    @BeforeEach
    void connect() throws IOException {
        prices = new PriceSource(pricePort, run);
        channel =
                ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                        .usePlaintext()
                        .build();
        commands = AccountCommandServiceGrpc.newBlockingStub(channel);
        margin = MarginServiceGrpc.newBlockingStub(channel);
        Await.until("open service", LIMIT, () -> submit(Wire.listUsd()).hasAccepted());
        assertThat(submit(Wire.listInstrument("list-btc", BTC)).hasAccepted()).isTrue();
        prices.publish(BTC, "60000");
        Await.until("prices", LIMIT, () -> statusOf("/q/health/ready") == 200);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        prices.close();
        channel.shutdownNow();
        assertThat(channel.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    String id(String name) {
        return run + "-" + name;
    }

    /**
     * Sends a command until it is turned away; an attempt that hangs is given up by its deadline.
     */
    StatusRuntimeException awaitRefusal(Command command) {
        List<StatusRuntimeException> refusals = new ArrayList<>();
        Await.until(
                "commands are turned away",
                LIMIT,
                () -> {
                    StatusRuntimeException failure =
                            catchThrowableOfType(
                                    StatusRuntimeException.class,
                                    () ->
                                            commands.withDeadlineAfter(Duration.ofMillis(500))
                                                    .submitCommand(
                                                            SubmitCommandRequest.newBuilder()
                                                                    .setCommand(command)
                                                                    .build()));
                    refusals.add(failure);
                    return failure.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED;
                });
        return refusals.getLast();
    }

    CommandReply submit(Command command) {
        return commands.submitCommand(SubmitCommandRequest.newBuilder().setCommand(command).build())
                .getReply();
    }

    DynamicTest refused(String reason, Command command) {
        return DynamicTest.dynamicTest(
                reason,
                () -> {
                    CommandReply reply = submit(command);
                    assertThat(reply.getRejected().getReason())
                            .isEqualTo(RejectionReason.valueOf("REJECTION_REASON_" + reason));
                    assertThat(reply.getRejected().getDetail()).isNotBlank();
                    assertThat(reply.getRejected().getSequence()).isPositive();
                });
    }

    DynamicTest malformed(String what, Command command) {
        return DynamicTest.dynamicTest(
                what,
                () -> {
                    long before = journalSize();
                    StatusRuntimeException failure =
                            catchThrowableOfType(
                                    StatusRuntimeException.class, () -> submit(command));
                    assertThat(failure.getStatus().getCode())
                            .isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(errorInfo(failure).getReason()).isEqualTo("MALFORMED");
                    CommandCall call = new CommandCall(channel);
                    call.send(1, List.of(command));
                    call.halfClose();
                    assertThat(
                                    call.awaitEnd(LIMIT)
                                            .getFirst()
                                            .getReplies(0)
                                            .getNotTaken()
                                            .getReason())
                            .isEqualTo(NotTakenReason.NOT_TAKEN_REASON_MALFORMED);
                    assertThat(journalSize()).isEqualTo(before);
                });
    }

    List<Command> deposits(String prefix, int first, int count, String account) {
        List<Command> group = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            group.add(deposit(id(prefix + i), account, "1"));
        }
        return group;
    }

    Command unknownAsset() {
        Command.Builder command = deposit(id("r3"), id("a"), "1").toBuilder();
        command.getDepositBuilder().setAssetId("NONE");
        return command.build();
    }

    Command leverage(String id, long ppm) {
        return command(id)
                .setLeverageChange(
                        LeverageChange.newBuilder()
                                .setAccountId(id("a"))
                                .setInstrumentId(BTC)
                                .setLeveragePpm(ppm))
                .build();
    }

    Command isolated() {
        return command(id("r12"))
                .setMarginModeChange(
                        MarginModeChange.newBuilder()
                                .setAccountId(id("a"))
                                .setInstrumentId(BTC)
                                .setMode(MarginMode.MARGIN_MODE_ISOLATED))
                .build();
    }

    Command otherSettlement() {
        return command(id("r13"))
                .setInstrumentListing(
                        InstrumentListing.newBuilder()
                                .setInstrument(Wire.instrument(BTC).setBaseAssetId("ETH")))
                .build();
    }

    EvaluateMarginRequest hypothesis(String instrument, String price) {
        EvaluateMarginRequest.Builder request =
                EvaluateMarginRequest.newBuilder()
                        .setAccount(
                                HypotheticalAccount.newBuilder()
                                        .addBalances(
                                                Balance.newBuilder()
                                                        .setAssetId(USD)
                                                        .setAmountE8(e8("900")))
                                        .addPositions(
                                                HypotheticalPosition.newBuilder()
                                                        .setInstrumentId(instrument)
                                                        .setSizeE8(e8("0.1"))
                                                        .setEntryPriceE8(e8("60000"))));
        if (!price.isEmpty()) {
            request.addPrices(
                    AssumedPrice.newBuilder().setInstrumentId(instrument).setPriceE8(e8(price)));
        }
        return request.build();
    }

    Account account(String id) {
        return margin.getAccount(GetAccountRequest.newBuilder().setAccountId(id).build())
                .getAccount();
    }

    long balance(String id) {
        return account(id).getBalances(0).getAmountE8();
    }

    RiskState state(String id) {
        return account(id).getMargin().getState();
    }

    long mark() {
        return margin.evaluateMargin(hypothesis(BTC, ""))
                .getMargin()
                .getPositions(0)
                .getMarkPriceE8();
    }

    void assertConserved() {
        Await.until(
                "exact conservation without money on its way",
                LIMIT,
                () -> {
                    var totals =
                            margin.getConservation(GetConservationRequest.getDefaultInstance());
                    return totals.getConserved()
                            && totals.getAssetsList().stream().allMatch(a -> a.getResidueE8() == 0)
                            && totals.getInstrumentsList().stream()
                                    .allMatch(i -> i.getResidueSizeE8() == 0);
                });
    }

    void assertInvalid(Runnable call) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(errorInfo(failure).getReason()).isNotBlank();
    }

    int statusOf(String path) {
        return given().when().get(path).statusCode();
    }

    long journaled(String commandId) throws SQLException {
        return number(
                "SELECT sequence FROM account_journal WHERE command_id = '" + commandId + "'");
    }

    long journalSize() throws SQLException {
        return number("SELECT count(*) FROM account_journal");
    }

    long number(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return row.getLong(1);
        }
    }

    String inShard(int shard, String prefix) {
        ShardRouter router = new ShardRouter(2);
        for (int i = 0; ; i++) {
            String id = id(prefix + i);
            if (router.shardOf(new io.delever.engine.account.AccountId(id)) == shard) {
                return id;
            }
        }
    }

    static List<Long> longs(int count) {
        return Stream.iterate(0L, i -> i + 1).limit(count).toList();
    }

    static ErrorInfo errorInfo(StatusRuntimeException failure) {
        return detail(failure, ErrorInfo.class);
    }

    static <T extends com.google.protobuf.Message> T detail(
            StatusRuntimeException failure, Class<T> type) {
        return StatusProto.fromThrowable(failure).getDetailsList().stream()
                .filter(any -> any.is(type))
                .findFirst()
                .map(
                        any -> {
                            try {
                                return any.unpack(type);
                            } catch (InvalidProtocolBufferException e) {
                                throw new AssertionError(e);
                            }
                        })
                .orElseThrow(() -> new AssertionError("no " + type + " in " + failure));
    }
}
