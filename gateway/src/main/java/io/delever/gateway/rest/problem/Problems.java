package io.delever.gateway.rest.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.delever.contracts.margin.v1.NotTaken;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.gateway.client.UpstreamException;
import io.delever.gateway.rest.json.BadDecimalException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The one place where failures become HTTP answers (GATE-011). */
public final class Problems {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final String REJECTION_PREFIX = "REJECTION_REASON_";

    private Problems() {}

    /** A request that cannot be understood: 400. */
    public static ProblemException badRequest(String reason, String place, String detail) {
        return new ProblemException(
                Problem.of(400, reason, detail).at(place, Optional.empty(), Optional.empty()));
    }

    /** A command that the rules refuse: 409 where another state would let it pass, else 422. */
    public static ProblemException rejected(Rejected rejected) {
        int status =
                switch (rejected.getReason()) {
                    case REJECTION_REASON_PRICE_UNAVAILABLE,
                            REJECTION_REASON_ACCOUNT_IN_LIQUIDATION,
                            REJECTION_REASON_ACCOUNT_REDUCE_ONLY ->
                            409;
                    case REJECTION_REASON_UNSPECIFIED,
                            REJECTION_REASON_UNKNOWN_ACCOUNT,
                            REJECTION_REASON_UNKNOWN_INSTRUMENT,
                            REJECTION_REASON_UNKNOWN_ASSET,
                            REJECTION_REASON_AMOUNT_TOO_LARGE,
                            REJECTION_REASON_NOT_A_LOT_MULTIPLE,
                            REJECTION_REASON_NOT_A_TICK_MULTIPLE,
                            REJECTION_REASON_INSUFFICIENT_BALANCE,
                            REJECTION_REASON_INSUFFICIENT_MARGIN,
                            REJECTION_REASON_NOT_REDUCING,
                            REJECTION_REASON_LEVERAGE_OUT_OF_RANGE,
                            REJECTION_REASON_MODE_NOT_SUPPORTED,
                            REJECTION_REASON_INVALID_PARAMETERS,
                            REJECTION_REASON_TOO_MANY_POSITIONS,
                            REJECTION_REASON_SAME_ACCOUNT,
                            UNRECOGNIZED ->
                            422;
                };
        return new ProblemException(
                Problem.of(status, reasonOf(rejected), orElse(rejected.getDetail(), "refused")));
    }

    /** The stable reason of a refusal, without the prefix it has on the wire. */
    public static String reasonOf(Rejected rejected) {
        String name = rejected.getReason().name();
        return name.startsWith(REJECTION_PREFIX) ? name.substring(REJECTION_PREFIX.length()) : name;
    }

    /** A command that was not taken: 429 or 503 with a time to try again, 400 where malformed. */
    public static ProblemException notTaken(NotTaken notTaken) {
        Optional<Duration> hint =
                notTaken.getRetryAfterNanos() > 0
                        ? Optional.of(Duration.ofNanos(notTaken.getRetryAfterNanos()))
                        : Optional.of(DEFAULT_RETRY);
        String detail = notTaken.getDetail();
        return switch (notTaken.getReason()) {
            case NOT_TAKEN_REASON_OVERLOADED ->
                    new ProblemException(
                            Problem.of(429, "OVERLOADED", orElse(detail, "too many commands wait")),
                            hint);
            case NOT_TAKEN_REASON_JOURNAL_UNAVAILABLE ->
                    new ProblemException(
                            Problem.of(
                                    503,
                                    "JOURNAL_UNAVAILABLE",
                                    orElse(detail, "the journal cannot be written now")),
                            hint);
            case NOT_TAKEN_REASON_MALFORMED ->
                    new ProblemException(
                            Problem.of(
                                    400, "MALFORMED", orElse(detail, "the command is malformed")));
            case NOT_TAKEN_REASON_UNSPECIFIED, UNRECOGNIZED ->
                    new ProblemException(
                            Problem.of(503, "NOT_TAKEN", orElse(detail, "not taken")), hint);
        };
    }

    /** An error of a service behind the gateway; nothing of its inside is shown. */
    public static ProblemException of(UpstreamException e) {
        String service = e.upstream().serviceName();
        String described = orElse(e.status().getDescription(), service + " gave no detail");
        return switch (e.status().getCode()) {
            case INVALID_ARGUMENT, OUT_OF_RANGE ->
                    known(e, 400, "INVALID_ARGUMENT", described, Optional.empty());
            case NOT_FOUND -> known(e, 404, "NOT_FOUND", described, Optional.empty());
            case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS ->
                    known(e, 409, "CONFLICT", described, Optional.empty());
            case RESOURCE_EXHAUSTED -> known(e, 429, "OVERLOADED", described, retry(e));
            case UNAVAILABLE ->
                    known(
                            e,
                            503,
                            "SERVICE_UNAVAILABLE",
                            e.reason().isPresent() ? described : service + " does not answer",
                            retry(e));
            case DEADLINE_EXCEEDED ->
                    known(
                            e,
                            504,
                            "SERVICE_TIMEOUT",
                            service
                                    + " did not answer in time; a change may have been made, "
                                    + "send it again with the same Idempotency-Key",
                            retry(e));
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    PERMISSION_DENIED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    new ProblemException(
                            Problem.of(500, "INTERNAL", service + " failed; see its logs"));
        };
    }

    private static Optional<Duration> retry(UpstreamException e) {
        return Optional.of(e.retryAfter().orElse(DEFAULT_RETRY));
    }

    private static ProblemException known(
            UpstreamException e,
            int status,
            String reason,
            String detail,
            Optional<Duration> retryAfter) {
        Map<String, String> metadata = e.metadata();
        Problem problem =
                Problem.of(status, e.reason().orElse(reason), detail)
                        .about(
                                Optional.ofNullable(metadata.get("id")),
                                Optional.ofNullable(metadata.get("value")),
                                Optional.ofNullable(metadata.get("limit")));
        return new ProblemException(problem, retryAfter);
    }

    /** A body that is not the JSON that the endpoint wants: 400 with the place. */
    public static ProblemException of(JsonProcessingException e) {
        return switch (e) {
            case BadDecimalException bad ->
                    new ProblemException(
                            Problem.of(
                                            400,
                                            bad.reason(),
                                            place(bad) + ": " + bad.getOriginalMessage())
                                    .at(
                                            place(bad),
                                            Optional.of(bad.value()),
                                            Optional.of(bad.limit())));
            case UnrecognizedPropertyException unknown ->
                    badRequest(
                            "UNKNOWN_FIELD",
                            place(unknown),
                            "there is no field '"
                                    + shorten(unknown.getPropertyName())
                                    + "' here; known fields: "
                                    + unknown.getKnownPropertyIds());
            case InvalidNullException absent ->
                    badRequest("MISSING_FIELD", place(absent), place(absent) + " must not be null");
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
                    badRequest(
                            "MALFORMED_JSON",
                            place(mapping),
                            "the body is not well-formed JSON: "
                                    + shorten(mapping.getOriginalMessage())
                                    + at(mapping.getLocation()));
            default ->
                    badRequest(
                            "MALFORMED_JSON",
                            "",
                            "the body is not well-formed JSON: "
                                    + shorten(e.getOriginalMessage())
                                    + at(e.getLocation()));
        };
    }

    private static ProblemException mismatch(MismatchedInputException e) {
        String message = orElse(e.getOriginalMessage(), "");
        String place = place(e);
        if (message.startsWith("Missing creator property")
                || message.startsWith("Null value for creator property")) {
            return badRequest("MISSING_FIELD", place, place + " is required");
        }
        if (message.startsWith("No content to map")) {
            return badRequest("MISSING_BODY", "", "the request needs a JSON body");
        }
        if (message.startsWith("Trailing token")) {
            return badRequest(
                    "MALFORMED_JSON",
                    "",
                    "there is more after the JSON value" + at(e.getLocation()));
        }
        return badRequest(
                "WRONG_TYPE",
                place,
                (place.isEmpty() ? "the body" : place)
                        + " has the wrong type, expected "
                        + typeName(e.getTargetType())
                        + at(e.getLocation()));
    }

    private static String typeName(Class<?> type) {
        if (type == null) {
            return "something else";
        }
        return switch (type.getSimpleName()) {
            case "Decimal", "Ratio" -> "a decimal number as a string, such as \"12.5\"";
            case "String" -> "a string";
            case "boolean", "Boolean" -> "true or false";
            case "List", "ArrayList" -> "a list";
            default -> "an object";
        };
    }

    private static String at(JsonLocation location) {
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                place.append('[').append(reference.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(shorten(reference.getFieldName()));
            }
        }
        return place.toString();
    }

    private static String shorten(String text) {
        String line = orElse(text, "").lines().findFirst().orElse("");
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }

    private static String orElse(String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
