package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.CommandViews.CommandView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Sends a change to margin-service under the caller's Idempotency-Key and reads the answer
 * (GATE-006, GATE-012).
 */
@Singleton
public final class Commands {
    private final Upstreams upstreams;
    private final Changes changes;

    @Inject
    Commands(Upstreams upstreams, Changes changes) {
        this.upstreams = upstreams;
        this.changes = changes;
    }

    /**
     * Submits one command; the service stamps its time.
     *
     * @param accounts whose balances the audit log shows before and after
     * @throws ProblemException where the command was refused or not taken
     */
    CommandView submit(
            Optional<String> idempotencyKey,
            List<String> accounts,
            UnaryOperator<Command.Builder> kind) {
        String commandId = RequestParts.idempotencyKey(idempotencyKey);
        Command command = kind.apply(Command.newBuilder().setCommandId(commandId)).build();
        Changes.Asked asked =
                new Changes.Asked(command.getKindCase().name(), commandId, Changes.text(command));
        return changes.make(asked, () -> balances(accounts), () -> submit(command));
    }

    private String balances(List<String> accounts) {
        return accounts.stream()
                .map(id -> GetAccountRequest.newBuilder().setAccountId(id).build())
                .map(request -> upstreams.margin(s -> s.getAccount(request)).getAccount())
                .map(
                        account ->
                                Changes.text(
                                        Account.newBuilder()
                                                .setAccountId(account.getAccountId())
                                                .addAllBalances(account.getBalancesList())
                                                .setShard(account.getShard())
                                                .setSequence(account.getSequence())
                                                .build()))
                .collect(Collectors.joining("; "));
    }

    private CommandView submit(Command command) {
        SubmitCommandRequest request =
                SubmitCommandRequest.newBuilder().setCommand(command).build();
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
