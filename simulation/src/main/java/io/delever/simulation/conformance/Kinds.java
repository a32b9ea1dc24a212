package io.delever.simulation.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which kinds of examples the engine covers, and why it does not cover the others. */
final class Kinds {
    private static final String UNKNOWN = "no rule of this name is known here";
    private static final String FUNDING = "funding is not part of this version";
    private static final String ISOLATED = "isolated margin is not part of this version";
    private static final String INVERSE = "inverse contracts are not part of this version";
    private static final String SKEW = "skew-based fill prices are not part of this version";
    private static final String AUCTION = "auctions are not part of this version";
    private static final String MARKS = "marks from trades and books are not part of this version";
    private static final String PACING =
            "venue schedules of partial liquidation are not part of this version";
    private static final String SOCIALISED = "socialised loss is not part of this version";
    private static final String PORTFOLIO = "scenario margin is not part of this version";
    private static final String IMPACT = "impact models are not part of this version";

    private static final Map<String, Rule> RULES = rules();
    private static final Map<String, String> REASONS = reasons();

    private Kinds() {}

    /** The rule of a kind, where the engine has it. */
    static Optional<Rule> rule(String kind) {
        return Optional.ofNullable(RULES.get(kind));
    }

    /** Why a kind without a rule is not covered. */
    static String reason(String kind) {
        return REASONS.getOrDefault(kind, UNKNOWN);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        PriceRules.addTo(rules);
        MarginRules.addTo(rules);
        CollateralRules.addTo(rules);
        LiquidationRules.addTo(rules);
        AdlRules.addTo(rules);
        return rules;
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        add(reasons, MARKS, "mark_from_trades_decay", "mark_from_book_leverage_notional");
        add(reasons, MARKS, "mark_update_throttle");
        add(reasons, FUNDING, "twap_with_auction_gap", "funding_rate", "funding_rate_premium");
        add(reasons, FUNDING, "funding_index_delta", "funding_settlement_ppm", "funding_cash");
        add(reasons, FUNDING, "funding_payment_and_margin", "pnl_with_funding");
        add(reasons, AUCTION, "opening_auction_margin", "isolated_order_margin_auction");
        add(reasons, AUCTION, "dutch_auction_bid_price", "dutch_auction_max_proportion");
        add(reasons, AUCTION, "auction_price_linear", "auction_price_exponential");
        add(reasons, ISOLATED, "isolated_order_margin", "isolated_margin_release");
        add(reasons, ISOLATED, "switch_to_isolated", "isolated_margin");
        add(reasons, INVERSE, "liquidation_price_inverse", "bankruptcy_price_inverse");
        add(reasons, INVERSE, "initial_margin_inverse");
        add(reasons, SKEW, "skew_fill_price", "skew_fill_pnl_and_available_margin");
        add(reasons, PACING, "fillable_price", "max_pct_to_liquidate", "liquidator_fee_ramp");
        add(reasons, PACING, "disposal_schedule", "perp_insurance_fee");
        add(reasons, SOCIALISED, "loss_socialisation", "perp_bankruptcy_funding_delta");
        add(reasons, SOCIALISED, "deposit_socialised_loss");
        add(reasons, PORTFOLIO, "portfolio_margin", "scenario_grid", "depeg_loss_factor");
        add(reasons, IMPACT, "linear_impact_execution", "almgren_chriss_half_life");
        reasons.put(
                "open_interest_scaled_im",
                "initial margin does not scale with open interest in this version");
        reasons.put(
                "linear_slippage_margin",
                "margin from slippage and risk factors is not part of this version");
        add(
                reasons,
                "borrowing between spot assets is not part of this version",
                "liability_transfer_to_cover_shortage",
                "liability_implied_by_asset",
                "asset_transfer_for_liability");
        add(
                reasons,
                "haircuts are flat in this version: no buffers and no scaling by size",
                "asset_index_buffers",
                "size_scaled_asset_weight",
                "sqrt_size_weights");
        reasons.put("adl_trigger", "triggers from the fund's peak are not part of this version");
        reasons.put("adl_policy_shares", "risk-aware pro-rata is not part of this version");
        reasons.put("adl_winner_cost", "costs after the fact are not part of this version");
        return Map.copyOf(reasons);
    }

    private static void add(Map<String, String> reasons, String reason, String... kinds) {
        for (String kind : kinds) {
            reasons.put(kind, reason);
        }
    }
}
