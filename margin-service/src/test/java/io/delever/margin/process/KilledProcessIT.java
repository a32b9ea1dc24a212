package io.delever.margin.process;

import static io.delever.margin.Wire.BTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AccountEvent;
import io.delever.contracts.margin.v1.AccountOrder;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.JournalEntry;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.Reply;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.margin.Fixtures;
import io.delever.margin.PriceSource;
import io.delever.margin.Wire;
import io.delever.margin.app.CommandCall;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.delever.testing.FreePort;
import io.grpc.ManagedChannel;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service, killed with {@code kill -9} in the middle of its work, against a real
 * PostgreSQL.
 */
final class KilledProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ACCOUNTS = 40;
    private static final int BATCH = 50;
    private static final int KILLS = 4;

    @TempDir static Path folder;
    private static EmbeddedPostgres postgres;
    private static PriceSource prices;

    private final Map<String, CommandReply> acknowledged = new LinkedHashMap<>();
    private final List<Command> sent = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(20_251_010);

    @BeforeAll
    static void startNeighbours() throws IOException {
        assumeTrue(
                ServiceProcess.isPackaged(),
                "target/quarkus-app is not there: this test runs after package");
        postgres =
                EmbeddedPostgres.builder()
                        .setPort(FreePort.next())
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
        prices = new PriceSource(0, "run");
        prices.publish(BTC, "60000");
    }

    @AfterAll
    static void stopNeighbours() throws IOException {
        if (postgres != null) {
            prices.close();
            postgres.close();
        }
    }

    @Test
    @Covers({"JRNL-024", "JRNL-003", "JRNL-012", "JRNL-014"})
    void nothingAcknowledgedIsLostAndNothingIsAppliedTwice() throws Exception {
        String url = database("killed");
        ServiceProcess service = ServiceProcess.start(url, prices.port(), folder);
        try {
            service.awaitReady();
            list(service.channel());
            for (int kill = 0; kill < KILLS; kill++) {
                driveUntilKilled(service, 20 + 10 * kill);
                service = ServiceProcess.start(url, prices.port(), folder);
                service.awaitReady();
                sendAgain(service.channel());
            }
            assertEveryAnswerStandsOnce(url);
            assertStateIsThatOfALedger(url, service.channel());
        } finally {
            service.close();
        }
    }

    @Test
    @Covers({"JRNL-007", "JRNL-025"})
    void aSecondProcessWaitsUntilTheFirstEnds() throws Exception {
        String url = database("second");
        try (ServiceProcess first = ServiceProcess.start(url, prices.port(), folder)) {
            first.awaitReady();
            list(first.channel());
            try (ServiceProcess second = ServiceProcess.start(url, prices.port(), folder)) {
                second.awaitReadiness("another margin-service writes this database");
                assertThat(second.readiness()).isEqualTo(503);
                assertThat(first.readiness()).isEqualTo(200);
                assertThat(first.terminate()).isEqualTo(143);
                second.awaitReady();
                CommandReply reply =
                        AccountCommandServiceGrpc.newBlockingStub(second.channel())
                                .submitCommand(
                                        SubmitCommandRequest.newBuilder()
                                                .setCommand(Wire.deposit("d", "a", "1"))
                                                .build())
                                .getReply();
                assertThat(reply.hasAccepted()).isTrue();
            }
        }
    }

    @Test
    @Covers("JRNL-011")
    void aStartWithAnotherNumberOfShardsFails() throws Exception {
        String url = database("shards");
        try (ServiceProcess first = ServiceProcess.start(url, prices.port(), folder)) {
            first.awaitReady();
        }
        try (ServiceProcess other =
                ServiceProcess.start(url, prices.port(), folder, "-Ddelever.shards.count=3")) {
            assertThat(other.awaitExit()).isNotZero();
            assertThat(other.log())
                    .contains("delever.shards.count is 3", "was set up with 2 shards");
        }
    }

    /**
     * Sends batches without pause and kills the process after some were answered, others on their
     * way.
     */
    private void driveUntilKilled(ServiceProcess service, int batches) {
        CommandCall call = new CommandCall(service.channel());
        for (int batch = 0; batch < batches; batch++) {
            List<Command> group = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                group.add(randomCommand(sent.size() + i));
            }
            sent.addAll(group);
            call.send(batch, group);
        }
        int enough = batches / 4;
        Await.until("answers before the kill", LIMIT, () -> call.responses().size() >= enough);
        service.kill();
        Await.until("end of the cut stream", LIMIT, call::isOver);
        remember(call);
    }

    /**
     * Sends everything that was never acknowledged, and a sample of what was, with the same ids.
     */
    private void sendAgain(ManagedChannel channel) {
        List<Command> again = new ArrayList<>();
        for (Command command : sent) {
            boolean known = acknowledged.containsKey(command.getCommandId());
            if (!known || random.nextInt(10) == 0) {
                again.add(command);
            }
        }
        CommandCall call = new CommandCall(channel);
        for (int from = 0; from < again.size(); from += BATCH) {
            call.send(from, again.subList(from, Math.min(from + BATCH, again.size())));
        }
        call.halfClose();
        call.awaitEnd(LIMIT);
        remember(call);
        assertThat(acknowledged).hasSize(sent.size());
    }

    private void remember(CommandCall call) {
        for (var response : call.responses()) {
            for (CommandReply reply : response.getRepliesList()) {
                assertThat(reply.hasNotTaken()).as(reply.toString()).isFalse();
                CommandReply before = acknowledged.putIfAbsent(reply.getCommandId(), reply);
                if (before != null) {
                    assertThat(reply).as("the first answer for ever").isEqualTo(before);
                }
            }
        }
    }

    private void assertEveryAnswerStandsOnce(String url) throws SQLException {
        Map<String, Integer> times = new TreeMap<>();
        Map<String, Integer> inOneShard = new TreeMap<>();
        for (JournalEntry entry : journal(url)) {
            times.merge(entry.getCommandId(), 1, Integer::sum);
            inOneShard.merge(entry.getShard() + " " + entry.getCommandId(), 1, Integer::sum);
        }
        assertThat(inOneShard.values()).containsOnly(1);
        for (Command command : sent) {
            assertThat(times.get(command.getCommandId())).as(command.getCommandId()).isEqualTo(1);
        }
    }

    /**
     * One ledger in memory is given the commands that the journal holds, in its order; every
     * decision and every account must be the same.
     */
    private void assertStateIsThatOfALedger(String url, ManagedChannel channel)
            throws SQLException {
        Await.until("no transfer on its way", LIMIT, () -> openTransfers(url) == 0);
        Map<String, Command> byId = new TreeMap<>();
        sent.forEach(command -> byId.put(command.getCommandId(), command));
        Map<Integer, AccountLedger> ledgers = new TreeMap<>();
        for (JournalEntry entry : journal(url)) {
            AccountLedger ledger =
                    ledgers.computeIfAbsent(
                            entry.getShard(), shard -> new AccountLedger(Fixtures.PARAMETERS));
            Decision decision =
                    ledger.decide(
                            new io.delever.engine.margin.Command(
                                    entry.getCommandId(),
                                    entry.getEventTimeNanos(),
                                    action(entry, byId)),
                            id ->
                                    new PriceState.Fresh(
                                            new Price(Wire.e8("60000")),
                                            new Price(Wire.e8("60000")),
                                            1));
            assertThat(decision.reply().sequence()).isEqualTo(entry.getSequence());
            assertThat(decision.reply() instanceof Reply.Rejected)
                    .as(entry.toString())
                    .isEqualTo(entry.hasRejected());
            ledger.apply(decision);
        }
        Map<String, AccountView> expected = new TreeMap<>();
        ledgers.values().forEach(l -> l.accounts().forEach(a -> expected.put(a.id().value(), a)));
        List<Account> actual = accounts(channel);
        assertThat(actual).hasSize(expected.size());
        for (Account account : actual) {
            AccountView view = expected.get(account.getAccountId());
            Map<String, Long> balances = new TreeMap<>();
            view.balances().forEach((asset, amount) -> balances.put(asset.value(), amount.e8()));
            Map<String, Long> shown = new TreeMap<>();
            for (Balance balance : account.getBalancesList()) {
                shown.put(balance.getAssetId(), balance.getAmountE8());
            }
            assertThat(shown).as(account.getAccountId()).isEqualTo(balances);
            assertThat(account.getMargin().getPositionsList())
                    .extracting(PositionMargin::getSizeE8, PositionMargin::getEntryCostE8)
                    .containsExactlyElementsOf(
                            view.positions().stream().map(KilledProcessIT::sizeAndCost).toList());
        }
        GetConservationResponse totals = totals(channel);
        assertThat(totals.getConserved()).isTrue();
        assertThat(totals.getAssetsList()).allMatch(asset -> asset.getResidueE8() == 0);
        assertThat(totals.getInstrumentsList()).allMatch(i -> i.getResidueSizeE8() == 0);
        assertThat(totals.getCommandCount()).isEqualTo(journal(url).size());
    }

    private static org.assertj.core.groups.Tuple sizeAndCost(Position position) {
        return org.assertj.core.groups.Tuple.tuple(position.size().e8(), position.cost().e8());
    }

    private AccountCommand action(JournalEntry entry, Map<String, Command> byId) {
        Command command = byId.get(entry.getCommandId());
        if (command == null) {
            return leg(entry, byId);
        }
        return switch (command.getKindCase()) {
            case DEPOSIT ->
                    new AccountCommand.Deposit(
                            new AccountId(command.getDeposit().getAccountId()),
                            new AssetId(command.getDeposit().getAssetId()),
                            new Money(command.getDeposit().getAmountE8()));
            case WITHDRAWAL ->
                    new AccountCommand.Withdrawal(
                            new AccountId(command.getWithdrawal().getAccountId()),
                            new AssetId(command.getWithdrawal().getAssetId()),
                            new Money(command.getWithdrawal().getAmountE8()));
            case TRANSFER ->
                    new AccountCommand.Transfer(
                            new AccountId(command.getTransfer().getFromAccountId()),
                            new AccountId(command.getTransfer().getToAccountId()),
                            new AssetId(command.getTransfer().getAssetId()),
                            new Money(command.getTransfer().getAmountE8()));
            case FILL ->
                    new AccountCommand.Fill(
                            new AccountId(command.getFill().getAccountId()),
                            new InstrumentId(command.getFill().getInstrumentId()),
                            new Quantity(command.getFill().getSizeE8()),
                            new Price(command.getFill().getPriceE8()),
                            new Money(command.getFill().getFeeE8()),
                            FeeBeneficiary.VENUE,
                            command.getFill().getReduceOnly(),
                            command.getFill().getTradeId(),
                            Optional.empty());
            case LEVERAGE_CHANGE,
                    MARGIN_MODE_CHANGE,
                    INSURANCE_SETTLEMENT,
                    INSTRUMENT_LISTING,
                    ASSET_LISTING,
                    KIND_NOT_SET ->
                    throw new AssertionError("not sent by this test: " + command);
        };
    }

    private static AccountCommand leg(JournalEntry entry, Map<String, Command> byId) {
        String id = entry.getCommandId();
        if (id.equals("list-usd")) {
            return Fixtures.listUsd(id).action();
        }
        if (id.equals("list-btc")) {
            return Fixtures.listBtc(id).action();
        }
        String transferId = id.substring(0, id.lastIndexOf(':'));
        Command transfer = byId.get(transferId);
        return id.endsWith(":credit")
                ? new AccountCommand.TransferCredit(
                        transferId,
                        new AccountId(transfer.getTransfer().getToAccountId()),
                        new AssetId(transfer.getTransfer().getAssetId()),
                        new Money(transfer.getTransfer().getAmountE8()))
                : new AccountCommand.TransferFinish(transferId, entry.getEventsCount() == 1);
    }

    private Command randomCommand(int number) {
        String id = "c" + number;
        String account = "a" + random.nextInt(ACCOUNTS);
        String other = "a" + random.nextInt(ACCOUNTS);
        String amount = Integer.toString(1 + random.nextInt(500));
        return switch (random.nextInt(6)) {
            case 0, 1 -> Wire.deposit(id, account, amount);
            case 2 -> Wire.withdrawal(id, account, amount);
            case 3 -> Wire.transfer(id, account, other, amount);
            default ->
                    Wire.fill(
                            id,
                            account,
                            (random.nextBoolean() ? "0.00" : "-0.00") + (1 + random.nextInt(9)),
                            Integer.toString(59_000 + random.nextInt(2_000)));
        };
    }

    private static void list(ManagedChannel channel) {
        var commands = AccountCommandServiceGrpc.newBlockingStub(channel);
        for (Command command : List.of(Wire.listUsd(), Wire.listInstrument("list-btc", BTC))) {
            assertThat(
                            commands.submitCommand(
                                            SubmitCommandRequest.newBuilder()
                                                    .setCommand(command)
                                                    .build())
                                    .getReply()
                                    .hasAccepted())
                    .isTrue();
        }
    }

    private static List<Account> accounts(ManagedChannel channel) {
        List<Account> all = new ArrayList<>();
        String token = "";
        do {
            ListAccountsResponse page =
                    MarginServiceGrpc.newBlockingStub(channel)
                            .listAccounts(
                                    ListAccountsRequest.newBuilder()
                                            .setOrder(AccountOrder.ACCOUNT_ORDER_BY_ID)
                                            .setPageSize(7)
                                            .setPageToken(token)
                                            .build());
            all.addAll(page.getAccountsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    private static GetConservationResponse totals(ManagedChannel channel) {
        return MarginServiceGrpc.newBlockingStub(channel)
                .getConservation(GetConservationRequest.getDefaultInstance());
    }

    private static List<JournalEntry> journal(String url) throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        try (var connection = java.sql.DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT entry FROM account_journal ORDER BY shard, sequence")) {
            while (rows.next()) {
                entries.add(JournalEntry.parseFrom(rows.getBytes(1)));
            }
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return entries;
    }

    private static long openTransfers(String url) throws SQLException {
        long open = 0;
        for (JournalEntry entry : journal(url)) {
            for (AccountEvent event : entry.getEventsList()) {
                open += event.hasTransferStarted() ? 1 : 0;
                open -= event.hasTransferFinished() ? 1 : 0;
            }
        }
        return open;
    }

    private static String database(String name) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }
}
