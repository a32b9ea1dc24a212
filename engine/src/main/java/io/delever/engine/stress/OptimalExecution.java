package io.delever.engine.stress;

import java.util.OptionalDouble;

/**
 * The schedule of Almgren and Chriss: how fast to close a position when speed costs impact and
 * waiting costs risk (STRS-002, STRS-003; RULES §13).
 *
 * @param sigma volatility of the price for one unit of time, in units of price
 * @param eta temporary impact: price for one unit of size for each unit of time
 * @param gamma permanent impact: price for one unit of size, at least 0
 * @param tau time between two trades, above 0
 * @param riskAversion λ, cost of one unit of variance, at least 0
 */
public record OptimalExecution(
        double sigma, double eta, double gamma, double tau, double riskAversion) {
    /** Refuses what is not a number, is negative, or leaves no temporary impact. */
    public OptimalExecution {
        requireNotNegative("sigma", sigma);
        requireNotNegative("eta", eta);
        requireNotNegative("gamma", gamma);
        requireNotNegative("risk aversion", riskAversion);
        if (!(tau > 0) || !Double.isFinite(tau)) {
            throw new IllegalArgumentException("tau: " + tau + ", limit above 0");
        }
        if (!(eta - gamma * tau / 2 > 0)) {
            throw new IllegalArgumentException(
                    "eta " + eta + " must be above gamma x tau / 2 = " + gamma * tau / 2);
        }
    }

    private static void requireNotNegative(String what, double value) {
        if (!(value >= 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", limit 0");
        }
    }

    /** κ̃ = √(λσ² ÷ (η − γτ ÷ 2)): the urgency where trades are close together. */
    public double urgency() {
        return StrictMath.sqrt(riskAversion * sigma * sigma / (eta - gamma * tau / 2));
    }

    /**
     * The time in which a position shrinks to 1 ÷ e: 1 ÷ κ̃ (STRS-002). Empty where there is no
     * urgency.
     */
    public OptionalDouble halfLife() {
        double urgency = urgency();
        return urgency > 0 ? OptionalDouble.of(1 / urgency) : OptionalDouble.empty();
    }

    /**
     * The share of a position that is left (STRS-003): sinh(κ(T − t)) ÷ sinh(κT) with the κ of
     * trades that are τ apart, (1 − t ÷ T) without urgency.
     *
     * @param horizon T, above 0
     * @param time t, 0 to T
     */
    public double left(double horizon, double time) {
        if (!(horizon > 0) || !(time >= 0) || time > horizon) {
            throw new IllegalArgumentException(
                    "time: " + time + ", limits 0 and the horizon " + horizon);
        }
        double discrete = urgency() * tau;
        double kappa = 2 / tau * arsinh(discrete / 2);
        if (kappa * horizon < 1E-8) {
            return 1 - time / horizon;
        }
        // sinh(a) / sinh(b) written so that nothing overflows.
        double ratio = StrictMath.exp(-kappa * time);
        return ratio
                * -StrictMath.expm1(-2 * kappa * (horizon - time))
                / -StrictMath.expm1(-2 * kappa * horizon);
    }

    private static double arsinh(double x) {
        double square = x * x;
        return StrictMath.log1p(x + square / (1 + StrictMath.sqrt(1 + square)));
    }
}
