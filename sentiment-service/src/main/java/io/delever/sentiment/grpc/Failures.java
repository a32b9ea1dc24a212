package io.delever.sentiment.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** The one way from a failure to what a caller sees (SSVC-008). */
final class Failures {
    private static final String DOMAIN = "delever.io";

    private Failures() {}

    static StatusRuntimeException unknownInstrument(String id) {
        return failure(
                Code.NOT_FOUND,
                "UNKNOWN_INSTRUMENT",
                "nothing was ever heard of instrument " + id,
                Map.of("id", id));
    }

    static StatusRuntimeException malformedInstrument(String id, String why) {
        return failure(Code.INVALID_ARGUMENT, "MALFORMED_INSTRUMENT_ID", why, Map.of("id", id));
    }

    static StatusRuntimeException tooManyInstruments(int asked, int limit) {
        return failure(
                Code.INVALID_ARGUMENT,
                "TOO_MANY_INSTRUMENTS",
                "at most " + limit + " instruments in one stream, asked for " + asked,
                Map.of("value", Integer.toString(asked), "limit", Integer.toString(limit)));
    }

    static StatusRuntimeException outOfRange(String field, long value, long limit) {
        return failure(
                Code.INVALID_ARGUMENT,
                "OUT_OF_RANGE",
                field + " is " + value + ", beyond its limit of " + limit,
                Map.of(
                        "field", field,
                        "value", Long.toString(value),
                        "limit", Long.toString(limit)));
    }

    static StatusRuntimeException malformedText(String id, String why) {
        return failure(Code.INVALID_ARGUMENT, "MALFORMED_TEXT", why, Map.of("id", id));
    }

    static StatusRuntimeException databaseAway() {
        return failure(
                Code.UNAVAILABLE,
                "DATABASE_UNAVAILABLE",
                "the database does not answer; send it again with the same id",
                Map.of());
    }

    static StatusRuntimeException malformedToken(String token) {
        return failure(
                Code.INVALID_ARGUMENT,
                "MALFORMED_PAGE_TOKEN",
                "no answer of this service held the page token",
                Map.of("value", token));
    }

    static StatusRuntimeException tooManyStreams(int limit) {
        return failure(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_STREAMS",
                "at most " + limit + " streams at once",
                Map.of("limit", Integer.toString(limit)));
    }

    static StatusRuntimeException shuttingDown() {
        return failure(Code.UNAVAILABLE, "SHUTTING_DOWN", "the service shuts down", Map.of());
    }

    private static StatusRuntimeException failure(
            Code code, String reason, String message, Map<String, String> metadata) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .putAllMetadata(metadata)
                        .build();
        Status status =
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(info))
                        .build();
        return StatusProto.toStatusRuntimeException(status);
    }
}
