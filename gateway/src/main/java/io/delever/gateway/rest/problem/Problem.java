package io.delever.gateway.rest.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error answer as RFC 9457 wants it (GATE-010).
 *
 * @param type where the reason is explained
 * @param title the reason in words
 * @param status the HTTP status
 * @param detail what, which id, actual value, limit
 * @param reason stable and machine-readable, the same as in the gRPC interfaces
 * @param instance names this one answer; the same id stands in the logs
 * @param place where in the request, for example {@code balances[0].amount}
 * @param id the id of what it is about
 * @param value what was sent or found
 * @param limit what would have been allowed
 */
@RegisterForReflection
@Schema(
        description = "An error answer (RFC 9457).",
        requiredProperties = {"type", "title", "status", "detail", "reason", "instance"})
public record Problem(
        @Schema(examples = {"/problems.html#insufficient-margin"}) String type,
        @Schema(examples = {"Insufficient margin"}) String title,
        @Schema(examples = {"422"}) int status,
        @Schema(examples = {"withdrawal of 900 USD leaves acc-1 with 100, initial margin is 250"})
                String detail,
        @Schema(examples = {"INSUFFICIENT_MARGIN"}) String reason,
        @Schema(examples = {"urn:delever:request:4bf92f3577b34da6"}) String instance,
        Optional<String> place,
        Optional<String> id,
        Optional<String> value,
        Optional<String> limit) {

    /** The media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem without place, id, value and limit. */
    public static Problem of(int status, String reason, String detail) {
        return new Problem(
                "/problems.html#" + reason.toLowerCase(Locale.ROOT).replace('_', '-'),
                title(reason),
                status,
                detail,
                reason,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with the id of the request. */
    public Problem ofRequest(String requestId) {
        return new Problem(
                type,
                title,
                status,
                detail,
                reason,
                "urn:delever:request:" + requestId,
                place,
                id,
                value,
                limit);
    }

    /** The same with a place in the request, the value there and the limit for it. */
    public Problem at(String newPlace, Optional<String> newValue, Optional<String> newLimit) {
        return new Problem(
                type,
                title,
                status,
                detail,
                reason,
                instance,
                newPlace.isEmpty() ? Optional.empty() : Optional.of(newPlace),
                id,
                newValue,
                newLimit);
    }

    /** The same about something with an id. */
    public Problem about(
            Optional<String> newId, Optional<String> newValue, Optional<String> newLimit) {
        return new Problem(
                type, title, status, detail, reason, instance, place, newId, newValue, newLimit);
    }

    private static String title(String reason) {
        String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ').replace("json", "JSON");
        return words.isEmpty()
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
