package io.delever.liquidation;

import static io.delever.liquidation.LiquidationClient.LIMIT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.delever.contracts.liquidation.v1.AdlQueueEntry;
import io.delever.contracts.liquidation.v1.AdlSide;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseOutcome;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.GetAdlQueueRequest;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.LedgerEntry;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesRequest;
import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.contracts.liquidation.v1.SimulateAdlResponse;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.LedgerAccount;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.margin.Conservation;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.liquidation.core.CaseCommit;
import io.delever.liquidation.core.CaseStore;
import io.delever.liquidation.core.CommittedElsewhereException;
import io.delever.liquidation.world.FreePorts;
import io.delever.liquidation.world.World;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The service with a real PostgreSQL, a real gRPC margin-service over the engine's ledger, and a
 * venue.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(FreePorts.class)
final class LiquidationServiceIT {
    @TestHTTPResource("/")
    URL address;

    @ConfigProperty(name = "quarkus.grpc.clients.margin.port")
    int worldPort;

    @Inject DataSource database;
    @Inject CaseStore store;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private World world;
    private LiquidationClient service;

    @BeforeEach
    void connect() throws IOException {
        world = new World(worldPort);
        world.price("60000");
        service = new LiquidationClient(address.getHost(), address.getPort());
        Await.until("ready", LIMIT, () -> ready() == 200);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        service.close();
        world.stop();
        // The next test's world is another margin-service; nothing may be left for it.
        Await.until("the stream's end is seen", LIMIT, () -> ready() == 503);
    }

    private static int ready() {
        return given().get("/q/health/ready").statusCode();
    }

    private String id(String name) {
        return name + "-" + run;
    }

    /** Long one BTC from 60000 with so much collateral. */
    private String longOne(String name, String collateral) {
        world.deposit(id(name), collateral);
        world.trade(id(name), "1", "60000");
        return id(name);
    }

    private void assertConserved() {
        Conservation conservation = world.conservation();
        assertThat(conservation.isConserved()).isTrue();
        assertThat(conservation.instruments().getFirst().clearing()).isEqualTo(Quantity.ZERO);
        assertThat(
                        service.fund
                                .getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance())
                                .getBalanced())
                .isTrue();
    }

    // ------------------------------------------------------------ whole lives

    @Test
    @Covers({"LSVC-022", "LSVC-031", "LSVC-012"})
    void aLiquidatableAccountIsReducedUntilItRecovers() throws SQLException {
        String alice = longOne("alice", "4000");
        world.bids("57300x10");
        world.price("57400");

        Case done = service.awaitState(alice, CaseState.CASE_STATE_CLOSED);

        assertThat(done.getOutcome()).isEqualTo(CaseOutcome.CASE_OUTCOME_RECOVERED);
        assertThat(done.getStepsCount()).isEqualTo(1);
        CaseStep step = done.getSteps(0);
        assertThat(step.getKind()).isEqualTo(StepKind.STEP_KIND_ORDER);
        assertThat(step.getClientOrderId()).isEqualTo(done.getCaseId() + "-1");
        assertThat(step.getExplanation()).contains("the smallest size", "bankruptcy price 56000");
        CaseFill fill = step.getFills(0);
        assertThat(fill.getBooked()).isTrue();
        assertThat(world.position(alice))
                .isEqualTo(Quantity.parse("1").minus(new Quantity(fill.getSizeE8())).toString());
        assertThat(world.commands()).containsOnlyKeys(done.getCaseId() + ":" + fill.getFillId());
        LedgerEntry entry =
                service.fund
                        .listLedgerEntries(ListLedgerEntriesRequest.getDefaultInstance())
                        .getEntries(0);
        assertThat(entry.getCaseId()).isEqualTo(done.getCaseId());
        assertThat(entry.getAmountE8()).isEqualTo(fill.getFeeE8()).isPositive();
        assertConserved();
        assertThat(sequencesOf(done.getCaseId())).isEqualTo("1,2,3,4,5,6");
        String metrics = given().get("/q/metrics").body().asString();
        assertThat(metrics)
                .contains(
                        "delever_liquidation_cases_closed_total{outcome=\"recovered\"}",
                        "delever_liquidation_detection_to_order_seconds_count",
                        "delever_liquidation_case_events_total{event=\"FillBooked\"}");
    }

    private String sequencesOf(String caseId) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select string_agg(sequence::text, ',' order by sequence) from"
                                        + " case_event where case_id = '"
                                        + caseId
                                        + "'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    @Covers({"LSVC-010", "LSVC-025"})
    void aBankruptAccountIsClosedWithTheFundsCoverAndTheFundPays() {
        service.contribute(id("c"), "10000");
        assertThat(service.contribute(id("c"), "10000").getContributionsE8())
                .isEqualTo(service.balance().getContributionsE8());
        long paidBefore = service.balance().getPaidE8();
        String bob = longOne("bob", "2000");
        world.bids("57400x10");
        world.price("57500");

        Case done = service.awaitState(bob, CaseState.CASE_STATE_CLOSED);

        assertThat(done.getOutcome()).isEqualTo(CaseOutcome.CASE_OUTCOME_COVERED_BY_FUND);
        // Sold at 57400, 600 beyond what the account had.
        assertThat(done.getFundPaidE8()).isEqualTo(Money.parse("600").e8());
        assertThat(service.balance().getPaidE8() - paidBefore).isEqualTo(done.getFundPaidE8());
        assertThat(service.balance().getReservedE8()).isZero();
        assertThat(world.balance(bob)).isEqualTo("0");
        assertThat(world.position(bob)).isEqualTo("0");
        assertConserved();
    }

    @Test
    @Covers({"LSVC-023", "LSVC-027"})
    void whereNobodyBuysWinnersAreDeleveragedAtTheBankruptcyPrice() {
        for (int i = 0; i < 2; i++) {
            world.deposit(id("winner" + i), "20000");
            world.trade(id("winner" + i), "-0.5", "60000");
        }
        world.deposit(id("richest"), "90000");
        world.trade(id("richest"), "-0.5", "60000");
        String carol = longOne("carol", "2000");
        world.bids();
        world.price("57500");
        List<AdlQueueEntry> queue =
                service.cases
                        .getAdlQueue(
                                GetAdlQueueRequest.newBuilder()
                                        .setInstrumentId("BTC-PERP")
                                        .setSide(AdlSide.ADL_SIDE_SHORT)
                                        .build())
                        .getEntriesList();
        assertThat(queue)
                .extracting(AdlQueueEntry::getAccountId)
                .filteredOn(account -> account.endsWith(run))
                .containsExactly(id("winner0"), id("winner1"), id("richest"));
        SimulateAdlResponse imagined =
                service.cases.simulateAdl(
                        SimulateAdlRequest.newBuilder()
                                .setInstrumentId("BTC-PERP")
                                .setSide(AdlSide.ADL_SIDE_SHORT)
                                .setSizeE8(10_000_000)
                                .setGapPpm(10_000)
                                .setShockPpm(100_000)
                                .build());
        assertThat(imagined.getPolicy()).isEqualTo("CAPPED_PRO_RATA");
        assertThat(imagined.getOutcomesList())
                .hasSize(6)
                .allSatisfy(outcome -> assertThat(outcome.getTakenE8()).isPositive())
                .allSatisfy(
                        outcome ->
                                assertThat(outcome.getOvershootE8())
                                        .isLessThanOrEqualTo(outcome.getAccountCount()));
        assertThat(queue)
                .filteredOn(entry -> entry.getAccountId().endsWith(run))
                .allSatisfy(entry -> assertThat(entry.getPercentilePpm()).isBetween(1L, 1_000_000L))
                .allSatisfy(entry -> assertThat(entry.getExpectedHaircutE8()).isPositive());

        Case done = service.awaitState(carol, CaseState.CASE_STATE_CLOSED);

        assertThat(done.getOutcome()).isEqualTo(CaseOutcome.CASE_OUTCOME_CLOSED_OUT);
        CaseStep step = done.getSteps(0);
        assertThat(step.getKind()).isEqualTo(StepKind.STEP_KIND_ADL);
        assertThat(step.getPriceE8()).isEqualTo(Money.parse("58000").e8());
        assertThat(step.getFillsList()).allMatch(CaseFill::getBooked);
        assertThat(world.orders()).isEmpty();
        assertThat(world.position(carol)).isEqualTo("0");
        assertThat(world.balance(carol)).isEqualTo("0");
        assertConserved();
    }

    @Test
    @Covers("LSVC-020")
    void onAStalePriceNothingIsDoneUntilItIsUsableAgain() {
        String dave = longOne("dave", "4000");
        world.bids("57300x10");
        world.marginDown(true);
        world.stale("57400");
        world.price("57400");
        world.stale("57400");
        world.marginDown(false);
        // The snapshot after the outage names the account PRICE_UNAVAILABLE: no case yet.
        Await.until("ready", LIMIT, () -> ready() == 200);
        assertThat(world.orders()).isEmpty();
        world.price("57400");
        service.awaitState(dave, CaseState.CASE_STATE_CLOSED);
        assertThat(world.orders()).hasSize(1);
    }

    @Test
    @Covers("LSVC-020")
    void anOpenCaseFreezesOnAStalePriceAndGoesOn() {
        String erin = longOne("erin", "4000");
        world.bids();
        world.price("57400");
        service.awaitState(erin, CaseState.CASE_STATE_REDUCING);
        world.stale("57400");
        service.awaitState(erin, CaseState.CASE_STATE_FROZEN);
        world.bids("57300x10");
        assertThat(world.orders()).isEmpty();
        world.price("57400");
        Case done = service.awaitState(erin, CaseState.CASE_STATE_CLOSED);
        assertThat(done.getOutcome()).isEqualTo(CaseOutcome.CASE_OUTCOME_RECOVERED);
    }

    // ------------------------------------------------------------ others fail

    @Test
    @Covers({"LSVC-002", "LSVC-004"})
    void anOrderWhoseAnswerWasLostIsFoundAndNotSentAgain() {
        String frank = longOne("frank", "4000");
        world.bids("57300x10");
        world.loseVenueAnswers(1);
        world.price("57400");

        Case done = service.awaitState(frank, CaseState.CASE_STATE_CLOSED);

        assertThat(world.submits()).isEqualTo(Map.of(done.getCaseId() + "-1", 1));
        assertThat(done.getStepsCount()).isEqualTo(1);
        assertConserved();
    }

    @Test
    @Covers({"LSVC-002", "LSVC-004"})
    void anOrderThatWasNotTakenIsSentAgainWithTheSameId() {
        String grace = longOne("grace", "4000");
        world.bids("57300x10");
        world.refuseOrders(3);
        world.price("57400");

        Case done = service.awaitState(grace, CaseState.CASE_STATE_CLOSED);

        assertThat(world.submits()).isEqualTo(Map.of(done.getCaseId() + "-1", 4));
        assertThat(world.orders()).hasSize(1);
        assertConserved();
    }

    @Test
    @Covers({"LSVC-004", "LSVC-006", "LSVC-030"})
    void whileMarginServiceIsDownCasesWaitAndReadinessSaysSo() {
        String heidi = longOne("heidi", "4000");
        world.bids();
        world.price("57400");
        service.awaitState(heidi, CaseState.CASE_STATE_REDUCING);
        world.marginDown(true);
        Await.until("not ready", LIMIT, () -> ready() == 503);
        assertThat(given().get("/q/health/ready").body().asString())
                .contains("risk stream of margin-service", "not connected");
        world.bids("57300x10");
        world.marginDown(false);
        Case done = service.awaitState(heidi, CaseState.CASE_STATE_CLOSED);
        assertThat(done.getOutcome()).isEqualTo(CaseOutcome.CASE_OUTCOME_RECOVERED);
        // It falls sick again, and gets its next case.
        world.bids();
        world.price("50000");
        Await.until(
                "the next case",
                LIMIT,
                () -> !service.newest(heidi).getCaseId().equals(done.getCaseId()));
        world.price("60000");
        service.awaitState(heidi, CaseState.CASE_STATE_CLOSED);
    }

    // ------------------------------------------------------------ the store

    private static CaseCommit opening(String caseId, String account) {
        CaseEvent.Opened opened =
                new CaseEvent.Opened(
                        new CaseId(caseId), new AccountId(account), Money.ZERO, Money.ZERO, 1);
        return new CaseCommit(LiquidationCase.open(opened), 0, List.of(opened), List.of(), 0);
    }

    private static CaseCommit ending(CaseCommit opening) {
        CaseEvent end =
                new CaseEvent.Closed(
                        io.delever.engine.liquidation.CaseOutcome.RECOVERED, List.of(), "well", 2);
        return new CaseCommit(opening.after().apply(end), 1, List.of(end), List.of(), 0);
    }

    @Test
    @Covers({"LSVC-001", "LSVC-012"})
    void theDatabaseTakesOneOpenCaseForAnAccountAndNoEventTwice() {
        CaseCommit first = opening(id("s1"), id("judy"));
        store.commit(first);
        assertThatThrownBy(() -> store.commit(opening(id("s2"), id("judy"))))
                .isInstanceOf(CommittedElsewhereException.class);
        assertThatThrownBy(() -> store.commit(first))
                .isInstanceOf(CommittedElsewhereException.class);
        store.commit(ending(first));
        assertThatThrownBy(() -> store.commit(ending(first)))
                .isInstanceOf(CommittedElsewhereException.class);
        CaseCommit second = opening(id("s2"), id("judy"));
        store.commit(second);
        store.commit(ending(second));
        assertThat(store.find(new CaseId(id("s1"))).orElseThrow().eventCount()).isEqualTo(2);
    }

    @Test
    @Covers({"LSVC-010", "LSVC-012"})
    void aCommitWhoseFundPartCannotBeWrittenWritesNothing() {
        service.contribute(id("k"), "1");
        FundEvent taken =
                new FundEvent.EntryPosted(
                        new io.delever.engine.liquidation.LedgerEntry(
                                id("entry"),
                                LedgerAccount.FUND_CASH,
                                LedgerAccount.FEE_INCOME,
                                new AssetId("USDC"),
                                Money.parse("1"),
                                id("t1"),
                                1));
        CaseCommit opening = opening(id("t1"), id("ken"));
        CaseCommit withFund =
                new CaseCommit(opening.after(), 0, opening.events(), List.of(taken), 0);
        assertThatThrownBy(() -> store.commit(withFund))
                .isInstanceOf(CommittedElsewhereException.class);
        assertThat(store.find(new CaseId(id("t1")))).isEmpty();
    }

    // ------------------------------------------------------------ questions

    @Test
    @Covers({"LSVC-021", "LSVC-001"})
    void theCaseStreamBeginsWithASnapshotAndTellsEveryChangeAfterIt() {
        String ivan = longOne("ivan", "4000");
        world.bids();
        world.price("57400");
        String open = service.awaitState(ivan, CaseState.CASE_STATE_REDUCING).getCaseId();
        Reader reader = new Reader();
        service.streams.streamCases(StreamCasesRequest.getDefaultInstance(), reader);
        Await.until("snapshot", LIMIT, () -> !reader.messages.isEmpty());
        assertThat(reader.messages.getFirst().getSnapshot()).isTrue();
        assertThat(reader.messages.getFirst().getCasesList())
                .extracting(Case::getCaseId)
                .contains(open);
        world.bids("57300x10");
        Await.until("the end", LIMIT, () -> reader.sawClosed(open));
        StreamCasesResponse last = reader.messages.getLast();
        assertThat(last.getSnapshot()).isFalse();
        Reader resumed = new Reader();
        service.streams.streamCases(
                StreamCasesRequest.newBuilder()
                        .setResumeEpoch(last.getEpoch())
                        .setResumeAfterSequence(last.getSequence() - 1)
                        .build(),
                resumed);
        Await.until("the change after", LIMIT, () -> resumed.sawClosed(open));
        assertThat(resumed.messages.getFirst().getSnapshot()).isFalse();
    }

    /** Keeps what a stream brings. */
    private static final class Reader implements StreamObserver<StreamCasesResponse> {
        final List<StreamCasesResponse> messages = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onNext(StreamCasesResponse message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}

        boolean sawClosed(String caseId) {
            return List.copyOf(messages).stream()
                    .flatMap(message -> message.getCasesList().stream())
                    .anyMatch(
                            each ->
                                    each.getCaseId().equals(caseId)
                                            && each.getState() == CaseState.CASE_STATE_CLOSED);
        }
    }

    @Test
    @Covers("LSVC-022")
    void casesAndEntriesAreListedPageByPageNewestFirst() {
        for (int i = 0; i < 3; i++) {
            String account = longOne("page" + i, "4000");
            world.bids("57300x10");
            world.price("57400");
            service.awaitState(account, CaseState.CASE_STATE_CLOSED);
            world.price("60000");
        }
        List<Case> listed = new ArrayList<>();
        String token = "";
        do {
            ListCasesResponse page =
                    service.cases.listCases(
                            ListCasesRequest.newBuilder()
                                    .setPageSize(2)
                                    .setPageToken(token)
                                    .build());
            listed.addAll(page.getCasesList());
            token = page.getNextPageToken();
            assertThat(page.getTotalCount()).isGreaterThanOrEqualTo(3);
        } while (!token.isEmpty());
        assertThat(listed)
                .extracting(Case::getAccountId)
                .startsWith(id("page2"), id("page1"), id("page0"));
        assertThat(listed).allMatch(each -> each.getStepsCount() == 0);
    }

    @Test
    @Covers("LSVC-024")
    void whatCannotBeAnsweredHasAReason() {
        assertThat(
                        reason(
                                Status.Code.NOT_FOUND,
                                () ->
                                        service.cases.getCase(
                                                GetCaseRequest.newBuilder()
                                                        .setCaseId("nobody")
                                                        .build())))
                .isEqualTo("UNKNOWN_CASE");
        assertThat(
                        reason(
                                Status.Code.INVALID_ARGUMENT,
                                () ->
                                        service.cases.getCase(
                                                GetCaseRequest.newBuilder()
                                                        .setCaseId("no good id")
                                                        .build())))
                .isEqualTo("INVALID_REQUEST");
        for (ListCasesRequest bad :
                List.of(
                        ListCasesRequest.newBuilder().setPageSize(1001).build(),
                        ListCasesRequest.newBuilder().setPageSize(-1).build(),
                        ListCasesRequest.newBuilder().setPageToken("?").build(),
                        ListCasesRequest.newBuilder().setAccountId("a b").build())) {
            assertThat(reason(Status.Code.INVALID_ARGUMENT, () -> service.cases.listCases(bad)))
                    .isEqualTo("INVALID_REQUEST");
        }
        assertThat(reason(Status.Code.INVALID_ARGUMENT, () -> service.contribute("", "1")))
                .isEqualTo("INVALID_REQUEST");
        assertThat(reason(Status.Code.INVALID_ARGUMENT, () -> service.contribute(id("x"), "0")))
                .isEqualTo("INVALID_REQUEST");
        assertThat(
                        reason(
                                Status.Code.INVALID_ARGUMENT,
                                () ->
                                        service.cases.getAdlQueue(
                                                GetAdlQueueRequest.newBuilder()
                                                        .setInstrumentId("BTC-PERP")
                                                        .build())))
                .isEqualTo("INVALID_REQUEST");
        world.marginDown(true);
        assertThat(
                        reason(
                                Status.Code.UNAVAILABLE,
                                () ->
                                        service.cases.getAdlQueue(
                                                GetAdlQueueRequest.newBuilder()
                                                        .setInstrumentId("BTC-PERP")
                                                        .setSide(AdlSide.ADL_SIDE_LONG)
                                                        .build())))
                .isEqualTo("MARGIN_UNAVAILABLE");
    }

    private static String reason(Status.Code code, ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        return Optional.ofNullable(StatusProto.fromThrowable(failure))
                .orElseThrow()
                .getDetailsList()
                .stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .map(
                        detail -> {
                            try {
                                return detail.unpack(ErrorInfo.class).getReason();
                            } catch (InvalidProtocolBufferException e) {
                                throw new AssertionError(e);
                            }
                        })
                .findFirst()
                .orElseThrow();
    }
}
