package io.delever.margin.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.delever.margin.core.NotTakenReason;
import io.delever.margin.core.ReadFailedException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/**
 * The one place where what went wrong becomes a gRPC status. Business refusals are answers and
 * never come here.
 */
final class Failures {
    private static final String DOMAIN = "delever.io";

    private final java.time.Duration retryAfter;

    Failures(java.time.Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    /** The call itself is malformed: it will never succeed unchanged. */
    StatusRuntimeException invalid(String reason, String message, Map<String, String> metadata) {
        return failure(Code.INVALID_ARGUMENT, reason, message, metadata);
    }

    /** A malformed value, by what its constructor said. */
    StatusRuntimeException invalid(IllegalArgumentException e) {
        return e instanceof MalformedException malformed
                ? invalid(malformed.reason(), malformed.getMessage(), malformed.metadata())
                : invalid("MALFORMED", String.valueOf(e.getMessage()), Map.of());
    }

    StatusRuntimeException unknownAccount(String accountId) {
        return failure(
                Code.NOT_FOUND,
                "UNKNOWN_ACCOUNT",
                "account " + accountId + " does not exist",
                Map.of("id", accountId));
    }

    StatusRuntimeException unknownInstrument(String instrumentId) {
        return failure(
                Code.NOT_FOUND,
                "UNKNOWN_INSTRUMENT",
                "instrument " + instrumentId + " is not listed",
                Map.of("id", instrumentId));
    }

    /** Not taken: may be sent again with the same id after the wait named in it. */
    StatusRuntimeException notTaken(NotTakenReason reason, String message) {
        return switch (reason) {
            case OVERLOADED -> retryable(Code.RESOURCE_EXHAUSTED, reason.name(), message);
            case JOURNAL_UNAVAILABLE -> retryable(Code.UNAVAILABLE, reason.name(), message);
        };
    }

    StatusRuntimeException deadlineExceeded(String message) {
        return failure(Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", message, Map.of());
    }

    /** Whatever a read ended with. */
    StatusRuntimeException of(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException status -> status;
            case ReadFailedException read -> notTaken(read.reason(), read.getMessage());
            case IllegalArgumentException malformed -> invalid(malformed);
            case ArithmeticException overflow ->
                    invalid(
                            "AMOUNT_TOO_LARGE",
                            "the amounts of this request do not fit the admitted range",
                            Map.of());
            default ->
                    failure(
                            Code.INTERNAL,
                            "INTERNAL",
                            "the request failed inside the service",
                            Map.of());
        };
    }

    private StatusRuntimeException retryable(Code code, String reason, String message) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, Map.of())
                        .addDetails(
                                Any.pack(
                                        RetryInfo.newBuilder()
                                                .setRetryDelay(
                                                        Duration.newBuilder()
                                                                .setSeconds(retryAfter.getSeconds())
                                                                .setNanos(retryAfter.getNano()))
                                                .build()))
                        .build());
    }

    private static StatusRuntimeException failure(
            Code code, String reason, String message, Map<String, String> metadata) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).build());
    }

    private static Status.Builder status(
            Code code, String reason, String message, Map<String, String> metadata) {
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(
                        Any.pack(
                                ErrorInfo.newBuilder()
                                        .setReason(reason)
                                        .setDomain(DOMAIN)
                                        .putAllMetadata(metadata)
                                        .build()));
    }
}
