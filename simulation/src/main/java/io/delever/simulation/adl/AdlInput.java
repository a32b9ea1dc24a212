package io.delever.simulation.adl;

import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlEvent;
import io.delever.engine.deleveraging.AdlOutcome;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is compared: a round of one market, or a whole event by account. */
sealed interface AdlInput {
    /** What is said above the table. */
    String title();

    /** Every policy's figures. */
    List<AdlOutcome> outcomes(Rate shock);

    /** A round of one market. */
    record Round(String title, AdlRequest request, List<AdlCandidate> candidates)
            implements AdlInput {
        /** Copies the list. */
        public Round {
            candidates = List.copyOf(candidates);
        }

        @Override
        public List<AdlOutcome> outcomes(Rate shock) {
            return AdlOutcome.compare(request, candidates, shock);
        }
    }

    /** A whole event. */
    record Event(String title, AdlEvent event) implements AdlInput {
        @Override
        public List<AdlOutcome> outcomes(Rate shock) {
            return AdlOutcome.compare(event, shock);
        }
    }

    /**
     * Many rounds of many markets, added up by policy; an account in two rounds counts twice, and
     * shares and leverage are the greatest of all rounds.
     */
    record Rounds(String title, List<Round> rounds) implements AdlInput {
        /** Copies the list. */
        public Rounds {
            rounds = List.copyOf(rounds);
        }

        @Override
        public List<AdlOutcome> outcomes(Rate shock) {
            List<AdlOutcome> sums = new ArrayList<>();
            for (AdlPolicy policy : AdlPolicy.values()) {
                AdlOutcome sum = nothing(policy);
                for (Round round : rounds) {
                    sum =
                            plus(
                                    sum,
                                    AdlOutcome.of(
                                            policy, round.request(), round.candidates(), shock));
                }
                sums.add(sum);
            }
            return sums;
        }

        private static AdlOutcome nothing(AdlPolicy policy) {
            return new AdlOutcome(
                    policy,
                    Money.ZERO,
                    Money.ZERO,
                    0,
                    new AdlOutcome.Effects(
                            Rate.ZERO, Rate.ZERO, OptionalLong.empty(), Money.ZERO, 0));
        }

        private static AdlOutcome plus(AdlOutcome a, AdlOutcome b) {
            AdlOutcome.Effects left = a.effects();
            AdlOutcome.Effects right = b.effects();
            return new AdlOutcome(
                    a.policy(),
                    a.budget().plus(b.budget()),
                    a.taken().plus(b.taken()),
                    a.winners() + b.winners(),
                    new AdlOutcome.Effects(
                            greater(left.largestHaircut(), right.largestHaircut()),
                            greater(left.concentration(), right.concentration()),
                            greater(left.leverageAfterPpm(), right.leverageAfterPpm()),
                            left.nextDeficit().plus(right.nextDeficit()),
                            left.negativeAfter() + right.negativeAfter()));
        }

        private static Rate greater(Rate a, Rate b) {
            return a.compareTo(b) >= 0 ? a : b;
        }

        private static OptionalLong greater(OptionalLong a, OptionalLong b) {
            if (a.isEmpty() || b.isEmpty()) {
                return a.isEmpty() ? b : a;
            }
            return OptionalLong.of(Math.max(a.getAsLong(), b.getAsLong()));
        }
    }
}
