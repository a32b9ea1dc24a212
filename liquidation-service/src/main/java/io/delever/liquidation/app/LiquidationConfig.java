package io.delever.liquidation.app;

import io.delever.engine.deleveraging.AdlPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration of liquidation-service; README.md explains each value. */
@ConfigMapping(prefix = "delever")
public interface LiquidationConfig {
    /**
     * What margin calculations need beside the listed parameters; the same as in margin-service.
     */
    Margin margin();

    /** How much is closed in one step and at what price. */
    Sizing sizing();

    /** How often and how fast. */
    Pace pace();

    /** Whom auto-deleveraging asks. */
    Adl adl();

    /** The insurance fund. */
    Fund fund();

    /** Cases at the same time. */
    Cases cases();

    /** Calls to margin-service and to the venue. */
    Calls calls();

    /** The stream of cases. */
    CaseStream caseStream();

    /** See {@link #margin}. */
    interface Margin {
        /** Margin call below this multiple of maintenance margin, in ppm. */
        @WithDefault("1200000")
        long callLevelPpm();

        /** Most open positions of one account. */
        @WithDefault("64")
        int maxPositions();
    }

    /** See {@link #sizing}. */
    interface Sizing {
        /** Adjusted equity ÷ maintenance margin to be reached, in ppm. */
        @WithDefault("1250000")
        long targetEquityRatioPpm();

        /** Share of the visible depth that one order takes, in ppm. */
        @WithDefault("250000")
        long depthSharePpm();

        /** Greatest notional of one order, × 10⁸. */
        @WithDefault("25000000000000")
        long stepNotionalCapE8();

        /** A rest worth less than this is closed too, × 10⁸. */
        @WithDefault("1000000000")
        long dustNotionalE8();

        /** Greatest distance of a limit from mark, in ppm. */
        @WithDefault("10000")
        long slippageCollarPpm();
    }

    /** See {@link #pace}. */
    interface Pace {
        /** Attempts without a fill before ADL may be asked. */
        @WithDefault("5")
        int attemptsBeforeAdl();

        /** ADL steps in a row before a pause. */
        @WithDefault("3")
        int adlRounds();

        /** Greatest number of steps of a case. */
        @WithDefault("1000")
        int stepLimit();

        /** Wait after a filled step. */
        @WithDefault("100ms")
        Duration stepInterval();

        /** Wait after an attempt without a fill. */
        @WithDefault("500ms")
        Duration retryInterval();

        /** First pause after ADL found nobody. */
        @WithDefault("2s")
        Duration adlPause();
    }

    /** See {@link #adl}. */
    interface Adl {
        /** How a size is shared among the profitable accounts. */
        @WithDefault("CAPPED_PRO_RATA")
        AdlPolicy policy();

        /** Markets with a policy of their own: {@code BTC-PERP:MINIMAX_LEVERAGE}. */
        Optional<List<String>> policyByInstrument();

        /** Share of the size on a side that the expected haircut assumes to be closed, in ppm. */
        @WithDefault("100000")
        long outlookSizePpm();

        /** How far beyond mark the expected haircut assumes that it is closed, in ppm. */
        @WithDefault("10000")
        long outlookGapPpm();

        /** Share of the size that one round may close, in ppm. */
        @WithDefault("1000000")
        long severityPpm();

        /** Greatest share of its own profit that one winner gives up, in ppm. */
        @WithDefault("1000000")
        long profitCapPpm();

        /**
         * Greatest number of accounts that one round asks, those that the policy asks first: a
         * small position must not be spread over thousands of them.
         */
        @WithDefault("25")
        int maxCandidates();

        /** Greatest number of profitable accounts that are ranked, for a round or a look. */
        @WithDefault("10000")
        int queueLength();
    }

    /** See {@link #fund}. */
    interface Fund {
        /** What a draw must leave: {@code USDC:5000000000} is 50 USDC, × 10⁸; 0 where not named. */
        Optional<List<String>> floorsE8();
    }

    /** See {@link #cases}. */
    interface Cases {
        /** Greatest number of cases that do something at the same time. */
        @WithDefault("16")
        int maxInFlight();

        /** Greatest number of open cases. */
        @WithDefault("50000")
        int maxOpen();
    }

    /** See {@link #calls}. */
    interface Calls {
        /** Longest wait for one answer. */
        @WithDefault("2s")
        Duration deadline();

        /** First wait before a call is made again. */
        @WithDefault("50ms")
        Duration retryMin();

        /** Longest wait before a call is made again. */
        @WithDefault("2s")
        Duration retryMax();

        /** After so long without a message the risk stream is opened again. */
        @WithDefault("30s")
        Duration renewStreamAfter();

        /** Greatest number of levels of a book that are asked for. */
        @WithDefault("200")
        int depthLevels();

        /** How often the venue is asked whether it is there. */
        @WithDefault("2s")
        Duration venueProbeInterval();
    }

    /** See {@link #caseStream}. */
    interface CaseStream {
        /** How many changes a reader may fall behind before it gets a snapshot. */
        @WithDefault("16384")
        int history();

        /** Greatest number of readers. */
        @WithDefault("64")
        int maxReaders();
    }
}
