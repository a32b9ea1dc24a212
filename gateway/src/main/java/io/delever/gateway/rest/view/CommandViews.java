package io.delever.gateway.rest.view;

import io.delever.contracts.margin.v1.CommandReply;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What callers send to change or to calculate something, and what they get back. */
public final class CommandViews {
    private CommandViews() {}

    /** An amount of an asset: a deposit, a withdrawal or a contribution. */
    @Schema(requiredProperties = {"assetId", "amount"})
    public record MoneyRequest(
            @Schema(examples = {"USD"}) String assetId,
            @Schema(
                            description = "> 0",
                            examples = {"1000.5"})
                    Decimal amount) {}

    /** Money from one account to another. */
    @Schema(requiredProperties = {"fromAccountId", "toAccountId", "assetId", "amount"})
    public record TransferRequest(
            @Schema(examples = {"acc-1"}) String fromAccountId,
            @Schema(examples = {"acc-2"}) String toAccountId,
            @Schema(examples = {"USD"}) String assetId,
            @Schema(
                            description = "> 0",
                            examples = {"250"})
                    Decimal amount) {}

    /** The leverage that an account chooses for an instrument. */
    @Schema(requiredProperties = {"instrumentId", "leverage"})
    public record LeverageRequest(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(examples = {"10"}) Ratio leverage) {}

    /** A command that is durable now. */
    public record CommandView(
            @Schema(description = "The Idempotency-Key.") String commandId,
            @Schema(enumeration = {"ACCEPTED"}) String status,
            int shard,
            @Schema(description = "Place in the shard's journal.") long sequence) {

        /** From the wire; the reply must be an acceptance. */
        public static CommandView of(CommandReply reply) {
            return new CommandView(
                    reply.getCommandId(),
                    "ACCEPTED",
                    reply.getAccepted().getShard(),
                    reply.getAccepted().getSequence());
        }
    }

    /** An account that does not have to exist, and prices that do not have to be true. */
    @Schema(requiredProperties = {"account"})
    public record EvaluateRequest(
            HypotheticalAccountRequest account,
            @Schema(description = "In place of the live prices of these instruments.")
                    Optional<List<AssumedPriceRequest>> prices) {}

    /** The account to evaluate. */
    @Schema(requiredProperties = {"balances", "positions"})
    public record HypotheticalAccountRequest(
            List<BalanceRequest> balances, List<HypotheticalPositionRequest> positions) {}

    /** A balance; may be negative. */
    @Schema(requiredProperties = {"assetId", "amount"})
    public record BalanceRequest(
            @Schema(examples = {"USD"}) String assetId,
            @Schema(examples = {"5000"}) Decimal amount) {}

    /** A position: + long, − short. */
    @Schema(requiredProperties = {"instrumentId", "size", "entryPrice"})
    public record HypotheticalPositionRequest(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(
                            description = "+ long, − short, not 0",
                            examples = {"0.5"})
                    Decimal size,
            @Schema(
                            description = "> 0",
                            examples = {"60000"})
                    Decimal entryPrice,
            @Schema(
                            description = "Chosen leverage; absent means none.",
                            examples = {"10"})
                    Optional<Ratio> leverage) {}

    /** A price to assume, used as mark and as index. */
    @Schema(requiredProperties = {"instrumentId", "price"})
    public record AssumedPriceRequest(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(
                            description = "> 0",
                            examples = {"58000"})
                    Decimal price) {}

    /** An order that has not been sent. */
    @Schema(requiredProperties = {"accountId", "instrumentId", "size", "limitPrice"})
    public record OrderCheckRequest(
            @Schema(examples = {"acc-1"}) String accountId,
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(
                            description = "+ buys, − sells, not 0",
                            examples = {"0.1"})
                    Decimal size,
            @Schema(
                            description = "> 0",
                            examples = {"60000"})
                    Decimal limitPrice,
            @Schema(description = "Absent means false.") Optional<Boolean> reduceOnly) {}
}
