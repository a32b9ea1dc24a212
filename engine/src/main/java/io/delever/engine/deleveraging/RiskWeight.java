package io.delever.engine.deleveraging;

import io.delever.engine.money.Ratio;
import java.util.ArrayList;
import java.util.List;

/**
 * How strongly a winner's leverage counts when a budget is shared by risk: weight = equity × λ ×
 * g(λ), with λ the effective leverage (ADLQ-032, ADLQ-033; RULES §11).
 */
public sealed interface RiskWeight {
    /** g(λ) = 1 ÷ λ: by equity alone, plain pro-rata. */
    record ByEquity() implements RiskWeight {}

    /**
     * g(λ) = λ^exponent.
     *
     * @param exponent 0 (by notional) to 10
     */
    record ByPower(int exponent) implements RiskWeight {
        private static final int GREATEST = 10;

        /** Refuses what is out of range. */
        public ByPower {
            if (exponent < 0 || exponent > GREATEST) {
                throw new IllegalArgumentException(
                        "exponent: %d, limits 0 and %d".formatted(exponent, GREATEST));
            }
        }
    }

    /**
     * g(λ) = max(λ − threshold, 0): leverage below the threshold gives nothing.
     *
     * @param threshold at least 0
     */
    record ByExcess(Ratio threshold) implements RiskWeight {}

    /** The weight of an account; at least 0 for an equity and a leverage of at least 0. */
    default Ratio of(Ratio equity, Ratio leverage) {
        return switch (this) {
            case ByEquity _ -> equity;
            case ByPower(int exponent) -> equity.times(leverage.power(exponent + 1));
            case ByExcess(Ratio threshold) ->
                    equity.times(leverage).times(leverage.minus(threshold).max(Ratio.ZERO));
        };
    }

    /**
     * Each account's share of a budget (ADLQ-033). The shares add up to 1; all are 0 where no
     * account has a weight.
     *
     * @param equities one for each account, at least 0
     * @param leverages in the same order, at least 0
     */
    default List<Ratio> shares(List<Ratio> equities, List<Ratio> leverages) {
        if (equities.size() != leverages.size()) {
            throw new IllegalArgumentException(
                    equities.size() + " equities, but " + leverages.size() + " leverages");
        }
        List<Ratio> weights = new ArrayList<>();
        Ratio sum = Ratio.ZERO;
        for (int i = 0; i < equities.size(); i++) {
            Ratio weight = of(equities.get(i), leverages.get(i));
            weights.add(weight);
            sum = sum.plus(weight);
        }
        Ratio all = sum;
        return all.signum() == 0
                ? weights
                : weights.stream().map(weight -> weight.dividedBy(all)).toList();
    }
}
