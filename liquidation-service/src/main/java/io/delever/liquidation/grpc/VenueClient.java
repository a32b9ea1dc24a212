package io.delever.liquidation.grpc;

import io.delever.contracts.execution.v1.DepthLevel;
import io.delever.contracts.execution.v1.ExecutionServiceGrpc;
import io.delever.contracts.execution.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import io.delever.contracts.execution.v1.GetDepthRequest;
import io.delever.contracts.execution.v1.GetDepthResponse;
import io.delever.contracts.execution.v1.GetOrderRequest;
import io.delever.contracts.execution.v1.Order;
import io.delever.contracts.execution.v1.Side;
import io.delever.contracts.execution.v1.SubmitOrderRequest;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.MarketDepth;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.liquidation.core.UnreachableException;
import io.delever.liquidation.core.UnreachableException.Peer;
import io.delever.liquidation.core.Venue;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The venue over {@code delever.execution.v1}. */
public final class VenueClient implements Venue {
    private static final String PROBE = "readiness-probe";

    private final ExecutionServiceBlockingStub stub;
    private final GrpcCalls calls;
    private final int depthLevels;

    /**
     * A client on this channel.
     *
     * @param depthLevels greatest number of levels asked for, 0 for all
     */
    public VenueClient(Channel channel, Duration deadline, int depthLevels) {
        stub = ExecutionServiceGrpc.newBlockingStub(channel);
        calls = new GrpcCalls(Peer.VENUE, deadline, channel);
        this.depthLevels = depthLevels;
    }

    @Override
    public MarketDepth depth(InstrumentId instrument) {
        GetDepthRequest request =
                GetDepthRequest.newBuilder()
                        .setInstrumentId(instrument.value())
                        .setMaxLevels(depthLevels)
                        .build();
        try {
            GetDepthResponse response = calls.call(() -> calls.within(stub).getDepth(request));
            return new MarketDepth(
                    instrument, levels(response.getBidsList()), levels(response.getAsksList()));
        } catch (StatusRuntimeException e) {
            if (GrpcCalls.isNotFound(e)) {
                return new MarketDepth(instrument, List.of(), List.of());
            }
            throw wrong(e);
        } catch (IllegalArgumentException e) {
            throw new UnreachableException(
                    Peer.VENUE, "the venue's depth of " + instrument + " makes no sense", e);
        }
    }

    private static List<MarketDepth.Level> levels(List<DepthLevel> levels) {
        return levels.stream()
                .map(
                        level ->
                                new MarketDepth.Level(
                                        new Price(level.getPriceE8()),
                                        new Quantity(level.getSizeE8())))
                .toList();
    }

    @Override
    public Outcome submit(CaseAction.SubmitOrder order) {
        SubmitOrderRequest request =
                SubmitOrderRequest.newBuilder()
                        .setClientOrderId(order.clientOrderId())
                        .setAccountId(order.account().value())
                        .setInstrumentId(order.instrument().value())
                        .setSide(order.size().isShort() ? Side.SIDE_SELL : Side.SIDE_BUY)
                        .setSizeE8(order.size().abs().e8())
                        .setLimitPriceE8(order.limit().e8())
                        .build();
        try {
            return outcome(calls.call(() -> calls.within(stub).submitOrder(request)).getOrder());
        } catch (StatusRuntimeException e) {
            // The venue has refused the request as such: nothing of it was taken.
            return new Outcome(OrderStatus.REJECTED, List.of(), e.getStatus().toString());
        }
    }

    @Override
    public Optional<Outcome> find(String clientOrderId) {
        try {
            return Optional.of(outcome(get(clientOrderId)));
        } catch (StatusRuntimeException e) {
            if (GrpcCalls.isNotFound(e)) {
                return Optional.empty();
            }
            throw wrong(e);
        }
    }

    /** Asks for an order that never was: whoever answers that is there. */
    public void probe() {
        Optional<Outcome> answer = find(PROBE);
        if (answer.isPresent()) {
            throw new UnreachableException(Peer.VENUE, "the venue knows an order " + PROBE);
        }
    }

    private Order get(String clientOrderId) {
        GetOrderRequest request =
                GetOrderRequest.newBuilder().setClientOrderId(clientOrderId).build();
        return calls.call(() -> calls.within(stub).getOrder(request)).getOrder();
    }

    private static Outcome outcome(Order order) {
        OrderStatus status =
                switch (order.getStatus()) {
                    case ORDER_STATUS_FILLED -> OrderStatus.FILLED;
                    case ORDER_STATUS_EXPIRED -> OrderStatus.EXPIRED;
                    case ORDER_STATUS_REJECTED -> OrderStatus.REJECTED;
                    case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED ->
                            throw new UnreachableException(
                                    Peer.VENUE,
                                    "order " + order.getClientOrderId() + " has no status");
                };
        return new Outcome(
                status,
                order.getFillsList().stream()
                        .map(
                                fill ->
                                        new OrderFill(
                                                fill.getFillId(),
                                                new Quantity(fill.getSizeE8()),
                                                new Price(fill.getPriceE8())))
                        .toList(),
                order.getRejectReason());
    }

    private static UnreachableException wrong(StatusRuntimeException e) {
        return new UnreachableException(
                Peer.VENUE, "the venue refused a question: " + e.getStatus(), e);
    }
}
