package io.delever.simulation.adl;

import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How long one round over many counterparties takes to plan, policy by policy. */
final class PlanningTime {
    private static final int WARM_UP = 10;
    private static final int RUNS = 40;
    private static final long PRICE_E8 = 10_000_000_000_000L;
    private static final long LOT_E8 = 100_000L;

    private PlanningTime() {}

    static void measure(int accounts, long seed, PrintWriter out) {
        List<AdlCandidate> candidates = candidates(accounts, new SplittableRandom(seed));
        AdlRequest request = request(candidates);
        out.printf(
                Locale.ROOT,
                "planning one round over %,d counterparties, seed %d, %d runs after %d, ms%n",
                accounts,
                seed,
                RUNS,
                WARM_UP);
        out.printf(Locale.ROOT, "%-25s %9s %9s %9s%n", "policy", "p50", "p90", "max");
        for (AdlPolicy policy : AdlPolicy.values()) {
            for (int i = 0; i < WARM_UP; i++) {
                checked(policy, request, candidates);
            }
            long[] nanos = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                checked(policy, request, candidates);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            out.printf(
                    Locale.ROOT,
                    "%-25s %9.1f %9.1f %9.1f%n",
                    policy,
                    millis(nanos[RUNS / 2]),
                    millis(nanos[RUNS * 9 / 10]),
                    millis(nanos[RUNS - 1]));
        }
        out.flush();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** A plan that is not used could be left out by the compiler. */
    private static void checked(
            AdlPolicy policy, AdlRequest request, List<AdlCandidate> candidates) {
        if (policy.plan(request, candidates).allocations().isEmpty()) {
            throw new IllegalStateException(policy + " found nobody");
        }
    }

    /** Half of all that is held must be closed, a tenth below the mark. */
    private static AdlRequest request(List<AdlCandidate> candidates) {
        long lots = 0;
        for (AdlCandidate candidate : candidates) {
            lots += candidate.size().abs().e8() / LOT_E8;
        }
        return new AdlRequest(
                new InstrumentId("MEASURED"),
                new Quantity(-Math.max(1, lots / 2) * LOT_E8),
                new AdlRequest.Prices(new Price(PRICE_E8 / 10 * 11), new Price(PRICE_E8)),
                new Quantity(LOT_E8),
                AdlRequest.Limits.FULL);
    }

    private static List<AdlCandidate> candidates(int accounts, SplittableRandom random) {
        List<AdlCandidate> candidates = new ArrayList<>(accounts);
        for (int i = 0; i < accounts; i++) {
            long lots = random.nextLong(1, 50);
            // Between 0.2 and 20 times the notional of 100 for each lot.
            long notional = lots * 100 * 100_000_000L;
            long equity = notional / random.nextLong(1, 20) + 1;
            candidates.add(
                    new AdlCandidate(
                            new AccountId(String.format(Locale.ROOT, "account-%07d", i)),
                            new Quantity(-lots * LOT_E8),
                            new Money(random.nextLong(1, notional)),
                            new Money(equity),
                            new Money(random.nextLong(-notional, notional))));
        }
        return candidates;
    }
}
