package io.delever.liquidation.grpc;

import io.delever.liquidation.core.UnreachableException;
import io.delever.liquidation.core.UnreachableException.Peer;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Supplier;

/** What is the same for every call to somebody else: a deadline, and what a failure means. */
final class GrpcCalls {
    private final Peer peer;
    private final Duration deadline;
    private final Channel channel;

    GrpcCalls(Peer peer, Duration deadline, Channel channel) {
        this.peer = peer;
        this.deadline = deadline;
        this.channel = channel;
    }

    <S extends io.grpc.stub.AbstractStub<S>> S within(S stub) {
        return stub.withDeadlineAfter(deadline);
    }

    /**
     * Makes a call.
     *
     * @throws UnreachableException where the same call may succeed later, or its effect is not
     *     known
     * @throws StatusRuntimeException where the other side has answered for good: {@link #isFinal}
     */
    <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            if (isFinal(e.getStatus())) {
                throw e;
            }
            reconnect(channel);
            throw new UnreachableException(peer, peer + ": " + e.getStatus(), e);
        }
    }

    /**
     * Ends the channel's own wait before it connects again, which may be minutes; the caller has
     * waits of its own.
     */
    private static void reconnect(Channel channel) {
        if (channel instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        }
    }

    /** Whether the call was understood and answered: it will get the same answer again. */
    static boolean isFinal(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND, INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE ->
                    true;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    ABORTED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAVAILABLE,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    false;
        };
    }

    static boolean isNotFound(StatusRuntimeException e) {
        return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
}
