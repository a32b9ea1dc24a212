package io.delever.simulation.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which kinds of examples the engine covers. */
final class Kinds {
    private static final String UNKNOWN = "no rule of this name is known here";

    private static final Map<String, Rule> RULES = rules();

    private Kinds() {}

    /** The rule of a kind, where the engine has it. */
    static Optional<Rule> rule(String kind) {
        return Optional.ofNullable(RULES.get(kind));
    }

    /** Why a kind without a rule is not covered. */
    static String reason() {
        return UNKNOWN;
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        PriceRules.addTo(rules);
        MarkRules.addTo(rules);
        FundingKinds.addTo(rules);
        MarginRules.addTo(rules);
        InverseRules.addTo(rules);
        IsolatedRules.addTo(rules);
        PortfolioRules.addTo(rules);
        CollateralRules.addTo(rules);
        LiquidationRules.addTo(rules);
        DisposalRules.addTo(rules);
        AdlRules.addTo(rules);
        WinnerRules.addTo(rules);
        return rules;
    }
}
