package io.delever.liquidation.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.delever.liquidation.core.CommittedElsewhereException;
import io.delever.liquidation.core.UnreachableException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.jboss.logging.Logger;

/** The one place where what went wrong becomes a gRPC status; reasons are stable (LSVC-024). */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int SHOWN = 100;

    private Failures() {}

    static StatusRuntimeException invalid(String field, String value, String limit) {
        return failure(
                Code.INVALID_ARGUMENT,
                "INVALID_REQUEST",
                field + " is '" + shown(value) + "', expected " + limit,
                Map.of("field", field, "value", shown(value), "limit", limit));
    }

    static StatusRuntimeException unknownCase(String id) {
        return failure(
                Code.NOT_FOUND,
                "UNKNOWN_CASE",
                "case '" + shown(id) + "' does not exist",
                Map.of("id", shown(id)));
    }

    static StatusRuntimeException tooManyReaders(int limit) {
        return retryable(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_SUBSCRIPTIONS",
                "case streams open: " + limit + ", limit " + limit,
                Map.of("limit", Integer.toString(limit)));
    }

    static StatusRuntimeException amountTooLarge(String id, String detail) {
        return failure(Code.INVALID_ARGUMENT, "AMOUNT_TOO_LARGE", detail, Map.of("id", shown(id)));
    }

    /** Whatever a call ended with. */
    static StatusRuntimeException of(RuntimeException failure) {
        return switch (failure) {
            case StatusRuntimeException status -> status;
            case UnreachableException e ->
                    retryable(
                            Code.UNAVAILABLE,
                            e.peer() + "_UNAVAILABLE",
                            String.valueOf(e.getMessage()),
                            Map.of());
            case CommittedElsewhereException e ->
                    retryable(
                            Code.UNAVAILABLE,
                            "STORE_CHANGED",
                            "the store was written by somebody else; read again",
                            Map.of());
            case RuntimeException e -> {
                LOG.error("a call failed", e);
                yield failure(
                        Code.INTERNAL, "INTERNAL", "the call failed inside the service", Map.of());
            }
        };
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    private static StatusRuntimeException failure(
            Code code, String reason, String message, Map<String, String> metadata) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).build());
    }

    private static StatusRuntimeException retryable(
            Code code, String reason, String message, Map<String, String> metadata) {
        RetryInfo retry =
                RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(1)).build();
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).addDetails(Any.pack(retry)).build());
    }

    private static Status.Builder status(
            Code code, String reason, String message, Map<String, String> metadata) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("delever.io")
                        .putAllMetadata(metadata)
                        .build();
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(info));
    }
}
