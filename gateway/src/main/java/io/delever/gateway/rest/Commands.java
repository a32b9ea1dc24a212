package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.CommandViews.CommandView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sends a change to margin-service under the caller's Idempotency-Key and reads the answer
 * (GATE-006, GATE-012).
 */
@Singleton
public final class Commands {
    private final Upstreams upstreams;

    @Inject
    Commands(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Submits one command; the service stamps its time.
     *
     * @throws ProblemException where the command was refused or not taken
     */
    CommandView submit(Optional<String> idempotencyKey, UnaryOperator<Command.Builder> kind) {
        String commandId = RequestParts.idempotencyKey(idempotencyKey);
        SubmitCommandRequest request =
                SubmitCommandRequest.newBuilder()
                        .setCommand(kind.apply(Command.newBuilder().setCommandId(commandId)))
                        .build();
        CommandReply reply = upstreams.commands(s -> s.submitCommand(request)).getReply();
        return switch (reply.getOutcomeCase()) {
            case ACCEPTED -> CommandView.of(reply);
            case REJECTED -> throw Problems.rejected(reply.getRejected());
            case NOT_TAKEN -> throw Problems.notTaken(reply.getNotTaken());
            case OUTCOME_NOT_SET ->
                    throw new ProblemException(
                            Problem.of(500, "INTERNAL", "margin-service gave no outcome"));
        };
    }
}
