package io.delever.margin.app;

import static io.delever.margin.Wire.BTC;
import static io.delever.margin.Wire.deposit;
import static io.delever.margin.Wire.e8;
import static io.delever.margin.Wire.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.CheckOrderResponse;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.margin.v1.StreamStandingsRequest;
import io.delever.contracts.margin.v1.StreamStandingsResponse;
import io.delever.margin.core.EventHubs;
import io.delever.margin.persistence.CuttingProxy;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The way of an account from health to bankruptcy and back, as a client sees it. */
@QuarkusTest
final class StandingsIT extends RunningService {
    @Inject EventHubs hubs;

    @Test
    @Covers({"MARG-120", "MARG-123", "MARG-125", "MARG-126", "JRNL-031", "JRNL-029"})
    void anAccountIsToldWhereItStandsAllTheWayDownAndBack() {
        submit(deposit(id("d"), id("s"), "1000"));
        submit(fill(id("f"), id("s"), "0.1", "60000"));
        try (Reader reader = new Reader(channel, StreamStandingsRequest.getDefaultInstance())) {
            Await.until("a snapshot", LIMIT, () -> !reader.messages.isEmpty());
            assertThat(reader.messages.getFirst().getSnapshot()).isTrue();
            StandingEvent call =
                    reach(reader, "53000", AccountStanding.ACCOUNT_STANDING_MARGIN_CALL);
            assertThat(call.getPrevious().getStanding())
                    .isEqualTo(AccountStanding.ACCOUNT_STANDING_HEALTHY);
            assertThat(call.getCurrent().getWarningLevel()).isEqualTo(1);
            assertThat(call.getCurrent().getDeadlineNanos() - call.getTimeNanos())
                    .isEqualTo(Duration.ofHours(4).toNanos());
            assertThat(call.getAdjustedEquityE8()).isEqualTo(e8("300"));
            assertThat(check("0.001").getRejected().getReason())
                    .isEqualTo(RejectionReason.REJECTION_REASON_INSUFFICIENT_MARGIN);

            reach(reader, "52800", AccountStanding.ACCOUNT_STANDING_REDUCE_ONLY);
            CheckOrderResponse refused = check("0.001");
            assertThat(refused.getRejected().getReason())
                    .isEqualTo(RejectionReason.REJECTION_REASON_ACCOUNT_REDUCE_ONLY);
            assertThat(check("-0.05").getPasses()).isTrue();
            Account account = account(id("s"));
            assertThat(account.getStanding().getStanding())
                    .isEqualTo(AccountStanding.ACCOUNT_STANDING_REDUCE_ONLY);
            assertThat(account.getStanding().hasDeadlineNanos()).isFalse();
            assertThat(listed(AccountStanding.ACCOUNT_STANDING_REDUCE_ONLY, BTC)).contains(id("s"));
            assertThat(listed(AccountStanding.ACCOUNT_STANDING_BANKRUPT, BTC))
                    .doesNotContain(id("s"));
            assertInvalid(() -> listed(AccountStanding.ACCOUNT_STANDING_BANKRUPT, "NONE"));
            assertInvalid(() -> listed(AccountStanding.ACCOUNT_STANDING_UNSPECIFIED, BTC));

            reach(reader, "52000", AccountStanding.ACCOUNT_STANDING_LIQUIDATABLE);
            reach(reader, "49000", AccountStanding.ACCOUNT_STANDING_BANKRUPT);
            reach(reader, "60000", AccountStanding.ACCOUNT_STANDING_RECOVERED);

            StreamStandingsResponse first = reader.messages.getFirst();
            try (Reader resumed = new Reader(channel, after(first))) {
                Await.until(
                        "the same events",
                        LIMIT,
                        () -> resumed.standings(id("s")).equals(reader.standings(id("s"))));
                assertThat(resumed.messages.getFirst().getSnapshot()).isFalse();
                assertThat(resumed.standings(id("s"))).hasSize(5);
            }
        }
    }

    @Test
    @Covers("JRNL-028")
    void readersThatAreGoneAreLetGo() throws Exception {
        Await.until("readers of other tests are gone", LIMIT, () -> listeners() == 0);
        try (Reader polite = new Reader(channel, StreamStandingsRequest.getDefaultInstance());
                RiskReader risk = new RiskReader(channel)) {
            Await.until("a snapshot", LIMIT, () -> !polite.messages.isEmpty());
            risk.await(0, LIMIT);
            assertThat(listeners()).isEqualTo(2);
        }
        Await.until("those that cancelled are let go", LIMIT, () -> listeners() == 0);

        try (CuttingProxy proxy = new CuttingProxy(address.getPort())) {
            ManagedChannel killed =
                    ManagedChannelBuilder.forAddress("127.0.0.1", proxy.port())
                            .usePlaintext()
                            .build();
            Reader reader = new Reader(killed, StreamStandingsRequest.getDefaultInstance());
            Await.until("a snapshot", LIMIT, () -> !reader.messages.isEmpty());
            assertThat(listeners()).isEqualTo(1);
            proxy.refuse();
            Await.until("the one that was killed is let go", LIMIT, () -> listeners() == 0);
            killed.shutdownNow();
        }
    }

    private int listeners() {
        return hubs.risk().listenerCount() + hubs.standings().listenerCount();
    }

    private StandingEvent reach(Reader reader, String price, AccountStanding standing) {
        prices.publish(BTC, price);
        Await.until(
                standing + " at " + price,
                LIMIT,
                () -> reader.standings(id("s")).contains(standing));
        return reader.events(id("s")).getLast();
    }

    private CheckOrderResponse check(String size) {
        return margin.checkOrder(
                CheckOrderRequest.newBuilder()
                        .setAccountId(id("s"))
                        .setInstrumentId(BTC)
                        .setSizeE8(e8(size))
                        .setLimitPriceE8(e8("52800"))
                        .build());
    }

    private List<String> listed(AccountStanding standing, String instrument) {
        return margin
                .listAccounts(
                        ListAccountsRequest.newBuilder()
                                .addStandings(standing)
                                .setInstrumentId(instrument)
                                .setPageSize(1_000)
                                .build())
                .getAccountsList()
                .stream()
                .map(Account::getAccountId)
                .toList();
    }

    private static StreamStandingsRequest after(StreamStandingsResponse message) {
        return StreamStandingsRequest.newBuilder()
                .setResumeEpoch(message.getEpoch())
                .setResumeAfterSequence(message.getSequence())
                .build();
    }

    /** One reader of standings as a client holds it. */
    private static final class Reader
            implements StreamObserver<StreamStandingsResponse>, AutoCloseable {
        private final List<StreamStandingsResponse> messages = new CopyOnWriteArrayList<>();
        private final Context.CancellableContext context = Context.current().withCancellation();

        Reader(Channel channel, StreamStandingsRequest request) {
            context.run(() -> MarginServiceGrpc.newStub(channel).streamStandings(request, this));
        }

        List<StandingEvent> events(String account) {
            return messages.stream()
                    .filter(message -> !message.getSnapshot())
                    .flatMap(message -> message.getEventsList().stream())
                    .filter(event -> event.getAccountId().equals(account))
                    .toList();
        }

        List<AccountStanding> standings(String account) {
            return events(account).stream().map(e -> e.getCurrent().getStanding()).toList();
        }

        @Override
        public void onNext(StreamStandingsResponse message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            close();
        }

        @Override
        public void onCompleted() {
            close();
        }

        @Override
        public void close() {
            context.cancel(null);
        }
    }
}
