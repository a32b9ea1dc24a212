package io.delever.gateway.rest;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import io.delever.gateway.auth.AuditLog;
import io.delever.gateway.auth.Caller;
import io.delever.gateway.client.UpstreamException;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Makes a change with a line in the audit log before it and one after it: the first is on disk
 * before any service sees the change, and without it there is no change (GATE-066).
 */
@Singleton
public final class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class);

    private final Optional<AuditLog> audit;
    private final Caller caller;

    @Inject
    Changes(Optional<AuditLog> audit, Caller caller) {
        this.audit = audit;
        this.caller = caller;
    }

    /**
     * What is asked for.
     *
     * @param operation for example {@code deposit}
     * @param commandId the Idempotency-Key
     * @param text the whole command
     */
    record Asked(String operation, String commandId, String text) {}

    /**
     * Makes the change.
     *
     * @param state what the change is about, read before and after it
     * @throws ProblemException 503 where the audit log cannot be written; then nothing was changed
     */
    <T> T make(Asked asked, Supplier<String> state, Supplier<T> change) {
        if (audit.isEmpty()) {
            return change.get();
        }
        Map<String, String> first = fields("asked", asked);
        first.put("before", read(state));
        append(first)
                .ifPresent(
                        failure -> {
                            throw failure;
                        });
        String outcome = "UNKNOWN";
        try {
            T answer = change.get();
            outcome = "DONE";
            return answer;
        } catch (ProblemException e) {
            outcome = e.problem().reason();
            throw e;
        } catch (UpstreamException e) {
            outcome = "UNKNOWN:" + e.status().getCode();
            throw e;
        } finally {
            Map<String, String> second = fields("answered", asked);
            second.put("outcome", outcome);
            second.put("after", read(state));
            // The change is made and durable in the service: its answer must not be lost now.
            append(second).ifPresent(failure -> LOG.error("an audit line is missing", failure));
        }
    }

    /** A message as one line with the names and units of the contract. */
    static String text(MessageOrBuilder message) {
        return TextFormat.printer().shortDebugString(message);
    }

    private Map<String, String> fields(String phase, Asked asked) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("phase", phase);
        fields.put("caller", caller.name());
        fields.put("roles", caller.roles().stream().sorted().toList().toString());
        fields.put(
                "requestId", MDC.get(Upstreams.REQUEST_ID) instanceof String id ? id : "unknown");
        fields.put("operation", asked.operation());
        fields.put("commandId", asked.commandId());
        fields.put("change", asked.text());
        return fields;
    }

    private Optional<ProblemException> append(Map<String, String> fields) {
        try {
            audit.orElseThrow().append(fields);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            LOG.error("the audit log cannot be written", e);
            return Optional.of(
                    new ProblemException(
                            Problem.of(
                                    503,
                                    "AUDIT_UNAVAILABLE",
                                    "the audit log cannot be written, so nothing is changed")));
        }
    }

    private static String read(Supplier<String> state) {
        try {
            return state.get();
        } catch (UpstreamException e) {
            return "not read: " + e.status().getCode();
        }
    }
}
