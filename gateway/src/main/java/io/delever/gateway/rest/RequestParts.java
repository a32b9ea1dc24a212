package io.delever.gateway.rest;

import io.delever.gateway.rest.json.Timestamp;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.problem.Problems;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the parts of a request that are not JSON. */
final class RequestParts {
    /** Description of the header that makes a change safe to repeat. */
    static final String IDEMPOTENCY =
            "Chosen by the caller, unique for ever, 1 to 128 printable ASCII characters without"
                + " spaces. It becomes the command id: the same key gets the first answer again and"
                + " changes nothing.";

    private static final String TIME_LIMIT =
            "a time such as 2025-10-10T21:15:00Z, after 1970 and before 2262";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private RequestParts() {}

    /**
     * The command id (GATE-006).
     *
     * @throws ProblemException 400 where it is absent or malformed
     */
    static String idempotencyKey(Optional<String> header) {
        String key =
                header.orElseThrow(
                        () ->
                                Problems.badRequest(
                                        "MISSING_IDEMPOTENCY_KEY",
                                        "Idempotency-Key",
                                        "a change needs the header Idempotency-Key"));
        if (!KEY.matcher(key).matches()) {
            throw Problems.badRequest(
                    "INVALID_IDEMPOTENCY_KEY",
                    "Idempotency-Key",
                    "the Idempotency-Key must be 1 to 128 printable ASCII characters without"
                            + " spaces, it has "
                            + key.length()
                            + " characters");
        }
        return key;
    }

    /**
     * The body.
     *
     * @throws ProblemException 400 where there is none
     */
    static <T> T body(T read) {
        return Optional.ofNullable(read)
                .orElseThrow(
                        () ->
                                Problems.badRequest(
                                        "MISSING_BODY", "", "the request needs a JSON body"));
    }

    /**
     * A page size; 0, the service's default, where absent.
     *
     * @throws ProblemException 400 where it is not a number from 1 to {@code max}
     */
    static int pageSize(Optional<String> text, int max) {
        if (text.isEmpty()) {
            return 0;
        }
        Optional<Integer> size =
                text.flatMap(RequestParts::integer).filter(n -> n >= 1 && n <= max);
        return size.orElseThrow(
                () -> invalid("pageSize", text.get(), "a whole number from 1 to " + max));
    }

    private static Optional<Integer> integer(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * A value of a set; upper or lower case.
     *
     * @throws ProblemException 400 where it is not in the set
     */
    static <E extends Enum<E>> E oneOf(
            Class<E> type, String prefix, String parameter, String text) {
        List<String> allowed = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            String name = value.name();
            if (name.startsWith(prefix) && !name.endsWith("UNSPECIFIED")) {
                String shown = name.substring(prefix.length());
                if (shown.equals(text.toUpperCase(Locale.ROOT))) {
                    return value;
                }
                allowed.add(shown);
            }
        }
        throw invalid(parameter, text, "one of " + String.join(", ", allowed));
    }

    /**
     * A parameter that must be there.
     *
     * @throws ProblemException 400 where it is not
     */
    static String required(String parameter, Optional<String> text) {
        return text.filter(value -> !value.isEmpty())
                .orElseThrow(
                        () ->
                                Problems.badRequest(
                                        "MISSING_PARAMETER",
                                        parameter,
                                        "the parameter " + parameter + " is required"));
    }

    /**
     * A point in time; empty where absent.
     *
     * @throws ProblemException 400 where it is not RFC 3339, or not from 1970 to 2262
     */
    static Optional<Timestamp> time(String parameter, Optional<String> text) {
        Optional<Timestamp> time =
                text.map(
                        value -> {
                            try {
                                return Timestamp.of(Instant.parse(value));
                            } catch (DateTimeParseException | ArithmeticException e) {
                                throw invalid(parameter, value, TIME_LIMIT);
                            }
                        });
        if (time.filter(read -> read.epochNanos() <= 0).isPresent()) {
            throw invalid(parameter, text.orElseThrow(), TIME_LIMIT);
        }
        return time;
    }

    /**
     * A switch; false where absent.
     *
     * @throws ProblemException 400 where it is neither true nor false
     */
    static boolean flag(String parameter, Optional<String> text) {
        String value = text.orElse("false");
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw invalid(parameter, value, "true or false");
    }

    static ProblemException invalid(String parameter, String value, String limit) {
        String shown = value.length() <= 64 ? value : value.substring(0, 64) + "…";
        return new ProblemException(
                Problem.of(
                                400,
                                "INVALID_PARAMETER",
                                parameter + " is '" + shown + "', it must be " + limit)
                        .at(parameter, Optional.of(shown), Optional.of(limit)));
    }
}
