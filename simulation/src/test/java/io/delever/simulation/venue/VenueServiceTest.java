package io.delever.simulation.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.execution.v1.CancelOrderRequest;
import io.delever.contracts.execution.v1.ExecutionServiceGrpc;
import io.delever.contracts.execution.v1.GetDepthRequest;
import io.delever.contracts.execution.v1.GetDepthResponse;
import io.delever.contracts.execution.v1.GetOrderRequest;
import io.delever.contracts.execution.v1.Order;
import io.delever.contracts.execution.v1.OrderStatus;
import io.delever.contracts.execution.v1.Side;
import io.delever.contracts.execution.v1.StreamFillsRequest;
import io.delever.contracts.execution.v1.StreamFillsResponse;
import io.delever.contracts.execution.v1.SubmitOrderRequest;
import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.simulation.SmallScenario;
import io.delever.simulation.demo.Channels;
import io.delever.simulation.market.DepthProfile;
import io.delever.testing.Covers;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueServiceTest {
    private final List<VenueFill> reported = new ArrayList<>();
    private final Server server = serve();
    private final ManagedChannel channel = Channels.open(server.getPort());
    private ExecutionServiceGrpc.ExecutionServiceBlockingStub venue =
            ExecutionServiceGrpc.newBlockingStub(channel);

    private Server serve() {
        PaperVenue book =
                new PaperVenue(
                        SmallScenario.withRoundBook(),
                        new DepthProfile(
                                List.of(
                                        new DepthProfile.Step(
                                                0,
                                                List.of(
                                                        200_000L,
                                                        400_000L,
                                                        600_000L,
                                                        800_000L,
                                                        1_000_000L)))),
                        List.of(new AccountId("m-1"), new AccountId("m-2")),
                        "f-");
        book.reference(new InstrumentId("BTC-PERP"), Price.parse("100000"));
        VenueService service = new VenueService(book, () -> new VenueTime(5, 77), reported::addAll);
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service)
                    .directExecutor()
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void within() {
        venue = venue.withDeadlineAfter(java.time.Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    @Covers("SIMU-057")
    void anOrderIsAnsweredOnceAndCanBeLookedAtAndCancelled() {
        SubmitOrderRequest request = sell("one", 30_000_000);
        Order order = venue.submitOrder(request).getOrder();
        assertThat(order.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_FILLED);
        assertThat(order.getFillsList()).hasSize(2);
        assertThat(order.getFillsList())
                .allMatch(fill -> fill.getSide() == Side.SIDE_SELL && fill.getSizeE8() > 0)
                .allMatch(fill -> fill.getEventTimeNanos() == 77);
        assertThat(venue.submitOrder(request.toBuilder().setSizeE8(10_000).build()).getOrder())
                .isEqualTo(order);
        GetOrderRequest look = GetOrderRequest.newBuilder().setClientOrderId("one").build();
        assertThat(venue.getOrder(look).getOrder()).isEqualTo(order);
        CancelOrderRequest cancel = CancelOrderRequest.newBuilder().setClientOrderId("one").build();
        assertThat(venue.cancelOrder(cancel).getOrder()).isEqualTo(order);
        assertThat(reported).extracting(VenueFill::fillId).containsExactly("f-1", "f-2");
    }

    @Test
    @Covers("SIMU-057")
    void whatIsUnknownOrMalformedHasItsStatusAndReason() {
        assertThatThrownBy(() -> venue.getOrder(GetOrderRequest.getDefaultInstance()))
                .satisfies(e -> hasReason(e, Status.Code.NOT_FOUND, "UNKNOWN_ORDER"));
        assertThatThrownBy(() -> venue.cancelOrder(CancelOrderRequest.getDefaultInstance()))
                .satisfies(e -> hasReason(e, Status.Code.NOT_FOUND, "UNKNOWN_ORDER"));
        assertThatThrownBy(() -> venue.getDepth(GetDepthRequest.getDefaultInstance()))
                .satisfies(e -> hasReason(e, Status.Code.NOT_FOUND, "UNKNOWN_INSTRUMENT"));
        assertThatThrownBy(() -> venue.submitOrder(SubmitOrderRequest.getDefaultInstance()))
                .satisfies(e -> hasReason(e, Status.Code.INVALID_ARGUMENT, "INVALID_ORDER"));
        Order unlisted =
                venue.submitOrder(sell("x", 10_000).toBuilder().setInstrumentId("NO").build())
                        .getOrder();
        assertThat(unlisted.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_REJECTED);
        assertThat(unlisted.getRejectReason()).isEqualTo("instrument NO is not listed");
    }

    @Test
    @Covers("SIMU-057")
    void fillsAreStreamedFromAnySequenceAndGoOn() {
        venue.submitOrder(sell("one", 30_000_000));
        Iterator<StreamFillsResponse> all =
                venue.streamFills(StreamFillsRequest.getDefaultInstance());
        assertThat(all.next().getSequence()).isEqualTo(1);
        assertThat(all.next().getSequence()).isEqualTo(2);
        Iterator<StreamFillsResponse> late =
                venue.streamFills(
                        StreamFillsRequest.newBuilder().setResumeAfterSequence(1).build());
        assertThat(late.next().getFill().getFillId()).isEqualTo("f-2");
        venue.submitOrder(sell("two", 10_000));
        assertThat(all.next().getFill().getClientOrderId()).isEqualTo("two");
        assertThat(late.next().getSequence()).isEqualTo(3);
    }

    @Test
    @Covers("SIMU-057")
    void depthComesBestFirstAndNoDeeperThanAskedFor() {
        GetDepthResponse depth =
                venue.getDepth(
                        GetDepthRequest.newBuilder()
                                .setInstrumentId("BTC-PERP")
                                .setMaxLevels(3)
                                .build());
        assertThat(depth.getBidsList())
                .extracting(level -> level.getPriceE8() / 100_000_000)
                .containsExactly(99_900L, 99_800L, 99_700L);
        assertThat(depth.getAsksList())
                .extracting(level -> level.getPriceE8() / 100_000_000)
                .containsExactly(100_100L, 100_200L, 100_300L);
        assertThat(depth.getEventTimeNanos()).isEqualTo(77);
    }

    private static void hasReason(Throwable thrown, Status.Code code, String reason) {
        StatusRuntimeException error = (StatusRuntimeException) thrown;
        assertThat(error.getStatus().getCode()).isEqualTo(code);
        assertThat(Objects.requireNonNull(StatusProto.fromThrowable(error)).getDetailsList())
                .singleElement()
                .asString()
                .contains(reason)
                .contains("delever.io");
    }

    private static SubmitOrderRequest sell(String id, long sizeE8) {
        return SubmitOrderRequest.newBuilder()
                .setClientOrderId(id)
                .setAccountId("acc")
                .setInstrumentId("BTC-PERP")
                .setSide(Side.SIDE_SELL)
                .setSizeE8(sizeE8)
                .setLimitPriceE8(9_500_000_000_000L)
                .build();
    }
}
