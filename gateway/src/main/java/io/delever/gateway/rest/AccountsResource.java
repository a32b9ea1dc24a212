package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.AccountOrder;
import io.delever.contracts.margin.v1.Deposit;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.LeverageChange;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.Transfer;
import io.delever.contracts.margin.v1.Withdrawal;
import io.delever.gateway.auth.Caller;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.AccountViews.AccountList;
import io.delever.gateway.rest.view.AccountViews.AccountView;
import io.delever.gateway.rest.view.CommandViews.CommandView;
import io.delever.gateway.rest.view.CommandViews.LeverageRequest;
import io.delever.gateway.rest.view.CommandViews.MoneyRequest;
import io.delever.gateway.rest.view.CommandViews.TransferRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Accounts: read them and move money. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Accounts", description = "Accounts, their margin, and what changes them")
public class AccountsResource {
    private static final int MAX_PAGE = 1_000;

    @Inject Upstreams upstreams;
    @Inject Commands commands;
    @Inject Caller caller;

    /** A page of accounts, riskiest first unless asked otherwise. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/accounts")
    @Operation(
            summary = "Accounts with their margin, riskiest first",
            description =
                    "Smallest equity ratio first; accounts without maintenance margin come last."
                            + " Lists show no liquidation and bankruptcy prices.")
    public AccountList accounts(
            @Parameter(
                            schema =
                                    @Schema(
                                            enumeration = {"riskiest", "id"},
                                            defaultValue = "riskiest"))
                    @RestQuery
                    Optional<String> order,
            @BeanParam AccountsFilter filter,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @RestQuery
                    Optional<String> pageSize,
            @RestQuery Optional<String> pageToken) {
        ListAccountsRequest.Builder request =
                ListAccountsRequest.newBuilder()
                        .setOrder(order(order.orElse("riskiest")))
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .setPageToken(pageToken.orElse(""));
        filter.applyTo(request);
        ListAccountsResponse response = upstreams.margin(s -> s.listAccounts(request.build()));
        String next = response.getNextPageToken();
        return new AccountList(
                response.getAccountsList().stream().map(AccountView::of).toList(),
                next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    private static AccountOrder order(String text) {
        return switch (text) {
            case "riskiest" -> AccountOrder.ACCOUNT_ORDER_RISKIEST_FIRST;
            case "id" -> AccountOrder.ACCOUNT_ORDER_BY_ID;
            default ->
                    throw Problems.badRequest(
                            "INVALID_PARAMETER", "order", "order must be riskiest or id");
        };
    }

    /** One account; 404 where it does not exist. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/accounts/{account}")
    @Operation(summary = "One account with its margin and the prices behind it")
    public AccountView account(@Parameter(example = "acc-1") @PathParam("account") String account) {
        caller.mustSee(account);
        GetAccountRequest request = GetAccountRequest.newBuilder().setAccountId(account).build();
        return AccountView.of(upstreams.margin(s -> s.getAccount(request)).getAccount());
    }

    /** Money from outside; opens the account where it does not exist yet. */
    @POST
    @RolesAllowed({Roles.SYSTEM})
    @Path("/accounts/{account}/deposits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Deposit money; opens the account where it does not exist",
            description = "Durable when answered.")
    public CommandView deposit(
            @Parameter(example = "acc-1") @PathParam("account") String account,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            MoneyRequest sent) {
        MoneyRequest body = RequestParts.body(sent);
        Deposit deposit =
                Deposit.newBuilder()
                        .setAccountId(account)
                        .setAssetId(body.assetId())
                        .setAmountE8(body.amount().e8())
                        .build();
        return commands.submit(key, List.of(account), command -> command.setDeposit(deposit));
    }

    /** Money to outside; refused where it would leave less than the initial margin. */
    @POST
    @RolesAllowed({Roles.SYSTEM})
    @Path("/accounts/{account}/withdrawals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Withdraw money",
            description =
                    "Refused with 422 where it would leave less than the initial margin. Durable"
                            + " when answered.")
    public CommandView withdraw(
            @Parameter(example = "acc-1") @PathParam("account") String account,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            MoneyRequest sent) {
        MoneyRequest body = RequestParts.body(sent);
        Withdrawal withdrawal =
                Withdrawal.newBuilder()
                        .setAccountId(account)
                        .setAssetId(body.assetId())
                        .setAmountE8(body.amount().e8())
                        .build();
        return commands.submit(key, List.of(account), command -> command.setWithdrawal(withdrawal));
    }

    /** The leverage that the account wants for an instrument. */
    @POST
    @RolesAllowed({Roles.SYSTEM, Roles.TRADER})
    @Path("/accounts/{account}/leverage")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Choose the leverage for an instrument",
            description = "Refused with 422 beyond what the instrument's first tier allows.")
    public CommandView leverage(
            @Parameter(example = "acc-1") @PathParam("account") String account,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            LeverageRequest sent) {
        caller.mustActFor(account);
        LeverageRequest body = RequestParts.body(sent);
        LeverageChange change =
                LeverageChange.newBuilder()
                        .setAccountId(account)
                        .setInstrumentId(body.instrumentId())
                        .setLeveragePpm(body.leverage().ppm())
                        .build();
        return commands.submit(key, List.of(account), command -> command.setLeverageChange(change));
    }

    /** Money between two accounts; the sender's side is checked like a withdrawal. */
    @POST
    @RolesAllowed({Roles.SYSTEM, Roles.TRADER})
    @Path("/transfers")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Transfer money between two accounts",
            description = "The sender's side is checked like a withdrawal. Durable when answered.")
    public CommandView transfer(
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            TransferRequest sent) {
        TransferRequest body = RequestParts.body(sent);
        caller.mustActFor(body.fromAccountId());
        caller.mustActFor(body.toAccountId());
        Transfer transfer =
                Transfer.newBuilder()
                        .setFromAccountId(body.fromAccountId())
                        .setToAccountId(body.toAccountId())
                        .setAssetId(body.assetId())
                        .setAmountE8(body.amount().e8())
                        .build();
        return commands.submit(
                key,
                List.of(body.fromAccountId(), body.toAccountId()),
                command -> command.setTransfer(transfer));
    }
}
