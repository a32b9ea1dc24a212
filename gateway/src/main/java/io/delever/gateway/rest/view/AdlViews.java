package io.delever.gateway.rest.view;

import io.delever.contracts.liquidation.v1.AdlPolicyOutcome;
import io.delever.contracts.liquidation.v1.SimulateAdlResponse;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What auto-deleveraging would do, as the gateway shows it. */
public final class AdlViews {
    private AdlViews() {}

    /** A round that is only imagined. */
    @Schema(requiredProperties = {"instrumentId", "side", "size"})
    public record AdlSimulationRequest(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(
                            enumeration = {"LONG", "SHORT"},
                            description = "The side whose accounts would be asked.")
                    String side,
            @Schema(
                            description = "> 0, what has to be closed",
                            examples = {"10"})
                    Decimal size,
            @Schema(description = "How far beyond mark it is closed; absent means 0.01.")
                    Optional<Ratio> gap,
            @Schema(description = "Move against the accounts afterwards; absent means 0.1.")
                    Optional<Ratio> shock) {}

    /** Every policy side by side. */
    public record AdlSimulationView(
            String instrumentId,
            String side,
            @Schema(description = "The policy of the instrument.") String policy,
            @Schema(description = "Accounts on this side that could be asked.") int totalCount,
            List<AdlOutcomeView> policies) {

        /** From the wire. */
        public static AdlSimulationView of(
                String instrumentId, String side, SimulateAdlResponse response) {
            return new AdlSimulationView(
                    instrumentId,
                    side,
                    response.getPolicy(),
                    response.getTotalCount(),
                    response.getOutcomesList().stream().map(AdlOutcomeView::of).toList());
        }
    }

    /** What one policy would do. */
    public record AdlOutcomeView(
            String policy,
            Decimal needed,
            Decimal taken,
            @Schema(description = "Beyond what is needed.") Decimal overshoot,
            @Schema(description = "What limits of accounts did not allow.") Decimal missing,
            int accountCount,
            @Schema(description = "Greatest share of its own profit that one account gives.")
                    Ratio largestHaircut,
            @Schema(description = "Share of the whole that the most affected account gives.")
                    Ratio concentration,
            @Schema(description = "Greatest notional ÷ equity afterwards; absent where none.")
                    Optional<Ratio> leverageAfter,
            @Schema(description = "What all accounts would lack after the shock.")
                    Decimal nextDeficit,
            @Schema(description = "Accounts below zero afterwards.") int negativeCount) {
        static AdlOutcomeView of(AdlPolicyOutcome outcome) {
            return new AdlOutcomeView(
                    outcome.getPolicy(),
                    new Decimal(outcome.getNeededE8()),
                    new Decimal(outcome.getTakenE8()),
                    new Decimal(outcome.getOvershootE8()),
                    new Decimal(outcome.getMissingE8()),
                    outcome.getAccountCount(),
                    new Ratio(outcome.getLargestHaircutPpm()),
                    new Ratio(outcome.getConcentrationPpm()),
                    outcome.hasLeverageAfterPpm()
                            ? Optional.of(new Ratio(outcome.getLeverageAfterPpm()))
                            : Optional.empty(),
                    new Decimal(outcome.getNextDeficitE8()),
                    outcome.getNegativeCount());
        }
    }
}
