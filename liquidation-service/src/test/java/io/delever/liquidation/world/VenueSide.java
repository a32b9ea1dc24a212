package io.delever.liquidation.world;

import io.delever.contracts.execution.v1.DepthLevel;
import io.delever.contracts.execution.v1.ExecutionServiceGrpc;
import io.delever.contracts.execution.v1.Fill;
import io.delever.contracts.execution.v1.GetDepthRequest;
import io.delever.contracts.execution.v1.GetDepthResponse;
import io.delever.contracts.execution.v1.GetOrderRequest;
import io.delever.contracts.execution.v1.GetOrderResponse;
import io.delever.contracts.execution.v1.Order;
import io.delever.contracts.execution.v1.OrderStatus;
import io.delever.contracts.execution.v1.Side;
import io.delever.contracts.execution.v1.SubmitOrderRequest;
import io.delever.contracts.execution.v1.SubmitOrderResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A venue whose book a test writes, and whose answers a test can lose. */
final class VenueSide extends ExecutionServiceGrpc.ExecutionServiceImplBase {
    private final Consumer<Fill> makers;
    private final Map<String, Order> orders = new TreeMap<>();
    private final Map<String, Integer> submits = new TreeMap<>();
    private List<DepthLevel> bids = List.of();
    private List<DepthLevel> asks = List.of();
    private int answersToLose;
    private int refusals;
    private int nextFill = 1;

    /**
     * A venue without a book.
     *
     * @param makers told of each fill, for the maker's side
     */
    VenueSide(Consumer<Fill> makers) {
        this.makers = makers;
    }

    synchronized void book(List<DepthLevel> newBids, List<DepthLevel> newAsks) {
        bids = List.copyOf(newBids);
        asks = List.copyOf(newAsks);
    }

    /** The next orders are executed, but their answers are lost. */
    synchronized void loseAnswers(int count) {
        answersToLose = count;
    }

    /** The next submits are not taken at all. */
    synchronized void refuse(int count) {
        refusals = count;
    }

    synchronized Map<String, Order> orders() {
        return new TreeMap<>(orders);
    }

    /** How often each order was sent. */
    synchronized Map<String, Integer> submits() {
        return new TreeMap<>(submits);
    }

    @Override
    public synchronized void submitOrder(
            SubmitOrderRequest request, StreamObserver<SubmitOrderResponse> responses) {
        submits.merge(request.getClientOrderId(), 1, Integer::sum);
        if (refusals > 0) {
            refusals--;
            responses.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
            return;
        }
        Order order = orders.computeIfAbsent(request.getClientOrderId(), id -> execute(request));
        if (answersToLose > 0) {
            answersToLose--;
            responses.onError(Status.UNAVAILABLE.withDescription("lost").asRuntimeException());
            return;
        }
        responses.onNext(SubmitOrderResponse.newBuilder().setOrder(order).build());
        responses.onCompleted();
    }

    private Order execute(SubmitOrderRequest request) {
        boolean selling = request.getSide() == Side.SIDE_SELL;
        List<DepthLevel> left = new ArrayList<>();
        Order.Builder order =
                Order.newBuilder()
                        .setClientOrderId(request.getClientOrderId())
                        .setAccountId(request.getAccountId())
                        .setInstrumentId(request.getInstrumentId())
                        .setSide(request.getSide())
                        .setSizeE8(request.getSizeE8())
                        .setLimitPriceE8(request.getLimitPriceE8());
        long open = request.getSizeE8();
        for (DepthLevel level : selling ? bids : asks) {
            boolean matches =
                    selling
                            ? level.getPriceE8() >= request.getLimitPriceE8()
                            : level.getPriceE8() <= request.getLimitPriceE8();
            long size = Math.min(open, level.getSizeE8());
            if (!matches || size == 0) {
                left.add(level);
                continue;
            }
            Fill fill =
                    Fill.newBuilder()
                            .setFillId("fill-" + nextFill++)
                            .setClientOrderId(request.getClientOrderId())
                            .setAccountId(request.getAccountId())
                            .setInstrumentId(request.getInstrumentId())
                            .setSide(request.getSide())
                            .setSizeE8(size)
                            .setPriceE8(level.getPriceE8())
                            .build();
            order.addFills(fill);
            makers.accept(fill);
            open -= size;
            if (level.getSizeE8() > size) {
                left.add(level.toBuilder().setSizeE8(level.getSizeE8() - size).build());
            }
        }
        if (selling) {
            bids = left;
        } else {
            asks = left;
        }
        return order.setFilledSizeE8(request.getSizeE8() - open)
                .setStatus(
                        open == 0
                                ? OrderStatus.ORDER_STATUS_FILLED
                                : OrderStatus.ORDER_STATUS_EXPIRED)
                .build();
    }

    @Override
    public synchronized void getOrder(
            GetOrderRequest request, StreamObserver<GetOrderResponse> responses) {
        Order order = orders.get(request.getClientOrderId());
        if (order == null) {
            responses.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        responses.onNext(GetOrderResponse.newBuilder().setOrder(order).build());
        responses.onCompleted();
    }

    @Override
    public synchronized void getDepth(
            GetDepthRequest request, StreamObserver<GetDepthResponse> responses) {
        responses.onNext(
                GetDepthResponse.newBuilder()
                        .setInstrumentId(request.getInstrumentId())
                        .addAllBids(bids)
                        .addAllAsks(asks)
                        .build());
        responses.onCompleted();
    }
}
