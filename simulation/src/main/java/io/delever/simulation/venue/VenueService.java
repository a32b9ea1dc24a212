package io.delever.simulation.venue;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.delever.contracts.execution.v1.CancelOrderRequest;
import io.delever.contracts.execution.v1.CancelOrderResponse;
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
import io.delever.contracts.execution.v1.StreamFillsRequest;
import io.delever.contracts.execution.v1.StreamFillsResponse;
import io.delever.contracts.execution.v1.SubmitOrderRequest;
import io.delever.contracts.execution.v1.SubmitOrderResponse;
import io.delever.engine.market.InstrumentId;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The paper venue behind {@code delever.execution.v1}. One lock guards the book. */
public final class VenueService extends ExecutionServiceGrpc.ExecutionServiceImplBase {
    private static final int MOST_STREAMS = 16;

    private final PaperVenue venue;
    private final Supplier<VenueTime> clock;
    private final Consumer<List<VenueFill>> makers;
    private final Set<FillStream> streams = ConcurrentHashMap.newKeySet();

    /**
     * A service over a venue.
     *
     * @param venue the book
     * @param clock the venue's two times, now
     * @param makers takes the fills of each new order once, to report the makers' sides
     */
    public VenueService(
            PaperVenue venue, Supplier<VenueTime> clock, Consumer<List<VenueFill>> makers) {
        this.venue = venue;
        this.clock = clock;
        this.makers = makers;
    }

    @Override
    public void submitOrder(
            SubmitOrderRequest request, StreamObserver<SubmitOrderResponse> answer) {
        if (request.getSide() == Side.SIDE_UNSPECIFIED
                || request.getSide() == Side.UNRECOGNIZED
                || request.getSizeE8() <= 0) {
            answer.onError(
                    invalid(
                            "order "
                                    + request.getClientOrderId()
                                    + ": side "
                                    + request.getSide()
                                    + ", size_e8 "
                                    + request.getSizeE8()
                                    + ", a side and a size above 0 are needed"));
            return;
        }
        long signed =
                request.getSide() == Side.SIDE_SELL ? -request.getSizeE8() : request.getSizeE8();
        OrderRequest order =
                new OrderRequest(
                        request.getClientOrderId(),
                        request.getAccountId(),
                        request.getInstrumentId(),
                        signed,
                        request.getLimitPriceE8());
        VenueOrder outcome;
        synchronized (venue) {
            boolean known = venue.order(order.clientOrderId()).isPresent();
            outcome = venue.submit(order, clock.get());
            if (!known) {
                makers.accept(outcome.fills());
            }
        }
        answer.onNext(SubmitOrderResponse.newBuilder().setOrder(order(outcome)).build());
        answer.onCompleted();
        streams.forEach(FillStream::pump);
    }

    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> answer) {
        find(request.getClientOrderId())
                .ifPresentOrElse(
                        order -> {
                            answer.onNext(
                                    GetOrderResponse.newBuilder().setOrder(order(order)).build());
                            answer.onCompleted();
                        },
                        () -> answer.onError(unknownOrder(request.getClientOrderId())));
    }

    @Override
    public void cancelOrder(
            CancelOrderRequest request, StreamObserver<CancelOrderResponse> answer) {
        find(request.getClientOrderId())
                .ifPresentOrElse(
                        order -> {
                            answer.onNext(
                                    CancelOrderResponse.newBuilder()
                                            .setOrder(order(order))
                                            .build());
                            answer.onCompleted();
                        },
                        () -> answer.onError(unknownOrder(request.getClientOrderId())));
    }

    @Override
    public void streamFills(
            StreamFillsRequest request, StreamObserver<StreamFillsResponse> answer) {
        if (streams.size() >= MOST_STREAMS) {
            answer.onError(
                    error(
                            Code.RESOURCE_EXHAUSTED,
                            "TOO_MANY_STREAMS",
                            "streams of fills: " + streams.size() + ", limit " + MOST_STREAMS));
            return;
        }
        FillStream stream =
                new FillStream(
                        (ServerCallStreamObserver<StreamFillsResponse>) answer,
                        request.getResumeAfterSequence());
        streams.add(stream);
        stream.pump();
    }

    @Override
    public void getDepth(GetDepthRequest request, StreamObserver<GetDepthResponse> answer) {
        VenueTime now = clock.get();
        Optional<VisibleDepth> visible;
        try {
            InstrumentId id = new InstrumentId(request.getInstrumentId());
            synchronized (venue) {
                visible = venue.depth(id, now);
            }
        } catch (IllegalArgumentException e) {
            visible = Optional.empty();
        }
        if (visible.isEmpty()) {
            answer.onError(
                    error(
                            Code.NOT_FOUND,
                            "UNKNOWN_INSTRUMENT",
                            "instrument " + request.getInstrumentId() + " is not listed here"));
            return;
        }
        int most = request.getMaxLevels() == 0 ? Integer.MAX_VALUE : request.getMaxLevels();
        GetDepthResponse.Builder response =
                GetDepthResponse.newBuilder()
                        .setInstrumentId(request.getInstrumentId())
                        .setEventTimeNanos(now.eventNanos());
        visible.get().bids().stream()
                .limit(most)
                .map(VenueService::level)
                .forEach(response::addBids);
        visible.get().asks().stream()
                .limit(most)
                .map(VenueService::level)
                .forEach(response::addAsks);
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private Optional<VenueOrder> find(String clientOrderId) {
        synchronized (venue) {
            return venue.order(clientOrderId);
        }
    }

    private static DepthLevel level(VisibleDepth.Level level) {
        return DepthLevel.newBuilder()
                .setPriceE8(level.price().e8())
                .setSizeE8(level.size().e8())
                .build();
    }

    private static Order order(VenueOrder order) {
        OrderRequest request = order.request();
        Order.Builder message =
                Order.newBuilder()
                        .setClientOrderId(request.clientOrderId())
                        .setAccountId(request.accountId())
                        .setInstrumentId(request.instrumentId())
                        .setSide(side(request.sizeE8()))
                        .setSizeE8(Math.abs(request.sizeE8()))
                        .setLimitPriceE8(request.limitE8())
                        .setStatus(
                                switch (order.status()) {
                                    case FILLED -> OrderStatus.ORDER_STATUS_FILLED;
                                    case EXPIRED -> OrderStatus.ORDER_STATUS_EXPIRED;
                                    case REJECTED -> OrderStatus.ORDER_STATUS_REJECTED;
                                })
                        .setFilledSizeE8(order.filledE8())
                        .setRejectReason(order.rejectReason())
                        .setEventTimeNanos(order.eventTimeNanos());
        order.fills().stream().map(VenueService::fill).forEach(message::addFills);
        return message.build();
    }

    private static Fill fill(VenueFill fill) {
        return Fill.newBuilder()
                .setFillId(fill.fillId())
                .setClientOrderId(fill.clientOrderId())
                .setAccountId(fill.taker().value())
                .setInstrumentId(fill.instrument().value())
                .setSide(side(fill.size().e8()))
                .setSizeE8(fill.size().abs().e8())
                .setPriceE8(fill.price().e8())
                .setEventTimeNanos(fill.eventTimeNanos())
                .build();
    }

    private static Side side(long signedE8) {
        return signedE8 < 0 ? Side.SIDE_SELL : Side.SIDE_BUY;
    }

    private static StatusRuntimeException unknownOrder(String clientOrderId) {
        return error(
                Code.NOT_FOUND,
                "UNKNOWN_ORDER",
                "order \"" + clientOrderId + "\" was never taken here");
    }

    private static StatusRuntimeException invalid(String message) {
        return error(Code.INVALID_ARGUMENT, "INVALID_ORDER", message);
    }

    private static StatusRuntimeException error(Code code, String reason, String message) {
        return StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(
                                Any.pack(
                                        ErrorInfo.newBuilder()
                                                .setReason(reason)
                                                .setDomain("delever.io")
                                                .build()))
                        .build());
    }

    /** One reader of fills: it gets them in order, as fast as it reads. */
    private final class FillStream {
        private final ServerCallStreamObserver<StreamFillsResponse> out;
        private long sent;

        FillStream(ServerCallStreamObserver<StreamFillsResponse> out, long resumeAfter) {
            this.out = out;
            this.sent = Math.max(0, resumeAfter);
            out.setOnReadyHandler(this::pump);
            out.setOnCancelHandler(() -> streams.remove(this));
        }

        synchronized void pump() {
            List<VenueFill> fresh;
            synchronized (venue) {
                fresh = venue.fillsAfter(sent);
            }
            for (VenueFill fill : fresh) {
                if (out.isCancelled() || !out.isReady()) {
                    return;
                }
                out.onNext(
                        StreamFillsResponse.newBuilder()
                                .setSequence(fill.sequence())
                                .setFill(fill(fill))
                                .build());
                sent = fill.sequence();
            }
        }
    }
}
