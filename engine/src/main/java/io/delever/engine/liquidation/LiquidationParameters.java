package io.delever.engine.liquidation;

import io.delever.engine.margin.MarginParameters;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;

/**
 * How cases are run. The same for everybody (LIQD-002).
 *
 * @param sizing how much is closed in one step
 * @param slippageCollar greatest distance of a limit from mark, above 0 and below 1
 * @param pace how often and how fast
 * @param margin what the margin calculator needs
 */
public record LiquidationParameters(
        Sizing sizing, Rate slippageCollar, Pace pace, MarginParameters margin) {
    private static final long ONE_PPM = 1_000_000;

    /** Refuses a collar outside (0, 1) (LIQD-071). */
    public LiquidationParameters {
        if (slippageCollar.ppm() <= 0 || slippageCollar.ppm() >= ONE_PPM) {
            throw new IllegalArgumentException(
                    "slippage collar " + slippageCollar.ppm() + " ppm, must be in 1..999999");
        }
    }

    /**
     * How much is closed in one step.
     *
     * @param targetEquityRatio adjusted equity ÷ maintenance margin to be reached, above 1
     * @param depthShare share of the visible depth that one order takes, above 0, at most 1
     * @param stepNotionalCap greatest notional of one order at mark, > 0
     * @param dustNotional a rest worth less than this at mark is closed too, ≥ 0
     */
    public record Sizing(
            Rate targetEquityRatio, Rate depthShare, Money stepNotionalCap, Money dustNotional) {
        /** Refuses what LIQD-071 forbids. */
        public Sizing {
            if (targetEquityRatio.ppm() <= ONE_PPM) {
                throw new IllegalArgumentException(
                        "target ratio " + targetEquityRatio.ppm() + " ppm, must be > 1000000");
            }
            if (depthShare.ppm() <= 0 || depthShare.ppm() > ONE_PPM) {
                throw new IllegalArgumentException(
                        "depth share " + depthShare.ppm() + " ppm, must be in 1..1000000");
            }
            if (stepNotionalCap.signum() <= 0 || dustNotional.signum() < 0) {
                throw new IllegalArgumentException(
                        "step cap "
                                + stepNotionalCap
                                + " must be > 0, dust "
                                + dustNotional
                                + " not < 0");
            }
        }
    }

    /**
     * How often and how fast.
     *
     * @param attemptsBeforeAdl attempts without a fill before ADL may be asked, ≥ 1
     * @param adlRounds ADL steps in a row before a pause, ≥ 1
     * @param stepLimit greatest number of steps of a case, ≥ 1
     * @param stepIntervalNanos wait after a filled step, > 0
     * @param retryIntervalNanos wait after an attempt without a fill, and between looks while
     *     waiting, > 0
     * @param adlPauseNanos first pause after ADL found nobody, > 0; doubles up to 64 times
     */
    public record Pace(
            int attemptsBeforeAdl,
            int adlRounds,
            int stepLimit,
            long stepIntervalNanos,
            long retryIntervalNanos,
            long adlPauseNanos) {
        /** Refuses what LIQD-071 forbids. */
        public Pace {
            if (attemptsBeforeAdl < 1 || adlRounds < 1 || stepLimit < 1) {
                throw new IllegalArgumentException(
                        "attempts "
                                + attemptsBeforeAdl
                                + ", ADL rounds "
                                + adlRounds
                                + ", steps "
                                + stepLimit
                                + ": each must be >= 1");
            }
            if (stepIntervalNanos <= 0 || retryIntervalNanos <= 0 || adlPauseNanos <= 0) {
                throw new IllegalArgumentException(
                        "intervals "
                                + stepIntervalNanos
                                + ", "
                                + retryIntervalNanos
                                + ", "
                                + adlPauseNanos
                                + " ns: each must be > 0");
            }
        }
    }
}
