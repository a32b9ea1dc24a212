package io.delever.price.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.OutOfRangeException;
import io.delever.price.core.LoopUnavailableException;
import io.delever.price.core.StoreUnavailableException;
import io.delever.price.core.TooManyInstrumentsException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The one place where a failure becomes a status; reasons are stable (PSVC-040). */
final class ErrorMapper {
    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final String DOMAIN = "delever.io";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private ErrorMapper() {}

    static StatusRuntimeException unknownInstrument(String id) {
        return error(
                Code.NOT_FOUND,
                "UNKNOWN_INSTRUMENT",
                "instrument '%s' is not listed".formatted(ProtoMapper.shown(id)),
                Map.of("instrument_id", ProtoMapper.shown(id)));
    }

    static StatusRuntimeException unknownInstrument(InstrumentId id) {
        return unknownInstrument(id.value());
    }

    static StatusRuntimeException invalid(String reason, String field, String value, String limit) {
        return error(
                Code.INVALID_ARGUMENT,
                reason,
                "%s: %s, limit %s".formatted(field, value, limit),
                Map.of("field", field, "value", value, "limit", limit));
    }

    static StatusRuntimeException tooManySubscriptions(int limit) {
        return retriable(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_SUBSCRIPTIONS",
                "price streams open: %d, limit %d".formatted(limit, limit),
                Map.of("limit", Integer.toString(limit)));
    }

    static StatusRuntimeException shuttingDown() {
        return retriable(
                Code.UNAVAILABLE, "SHUTTING_DOWN", "the price service is stopping", Map.of());
    }

    /** What a definition or a command that could not be taken becomes. */
    static StatusRuntimeException of(RuntimeException failure) {
        return switch (failure) {
            case StatusRuntimeException status -> status;
            case OutOfRangeException e ->
                    error(
                            Code.INVALID_ARGUMENT,
                            "INVALID_DEFINITION",
                            message(e),
                            Map.of(
                                    "field", e.field(),
                                    "id", e.id(),
                                    "value", e.value(),
                                    "limit", e.limit()));
            case IllegalArgumentException e ->
                    error(Code.INVALID_ARGUMENT, "INVALID_DEFINITION", message(e), Map.of());
            case TooManyInstrumentsException e ->
                    error(
                            Code.RESOURCE_EXHAUSTED,
                            "TOO_MANY_INSTRUMENTS",
                            message(e),
                            Map.of("limit", Integer.toString(e.limit())));
            case StoreUnavailableException e -> {
                LOG.warn("the definition store does not answer", e);
                yield retriable(Code.UNAVAILABLE, "STORE_UNAVAILABLE", message(e), Map.of());
            }
            case LoopUnavailableException e ->
                    retriable(Code.UNAVAILABLE, "LOOP_UNAVAILABLE", message(e), Map.of());
            case RuntimeException e -> {
                LOG.error("unexpected failure", e);
                yield error(Code.INTERNAL, "INTERNAL", "internal error", Map.of());
            }
        };
    }

    private static String message(RuntimeException e) {
        return Optional.ofNullable(e.getMessage()).orElse("no detail");
    }

    private static StatusRuntimeException error(
            Code code, String reason, String message, Map<String, String> metadata) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).build());
    }

    private static StatusRuntimeException retriable(
            Code code, String reason, String message, Map<String, String> metadata) {
        RetryInfo retry =
                RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(RETRY_AFTER.toMillis()))
                        .build();
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).addDetails(Any.pack(retry)).build());
    }

    private static Status.Builder status(
            Code code, String reason, String message, Map<String, String> metadata) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .putAllMetadata(metadata)
                        .build();
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(info));
    }
}
