package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One step of a case, as it is told to people. */
public sealed interface CaseStep {
    /** From 1, without gaps. */
    int number();

    /** Why this position, this size and this price, in words and numbers (LIQD-070). */
    String explanation();

    /** Nanoseconds since the Unix epoch. */
    long plannedAtNanos();

    /** Absent while the step is under way. */
    OptionalLong finishedAtNanos();

    /** True when nothing of it is open any more (LIQD-032). */
    default boolean isFinished() {
        return finishedAtNanos().isPresent();
    }

    /**
     * An order at the venue.
     *
     * @param stage what is done next
     * @param fills in the order of execution, empty until the order has ended
     */
    record Order(
            int number,
            OrderPlan plan,
            Stage stage,
            List<CaseFill> fills,
            String explanation,
            long plannedAtNanos,
            OptionalLong finishedAtNanos)
            implements CaseStep {
        /** How far an order got. */
        public enum Stage {
            /** The fund has to reserve first. */
            NEEDS_FUND,
            /** It may be sent, or was sent and the answer is not known. */
            TO_SUBMIT,
            /** It has ended; its fills are known. */
            ENDED,
            /** The fund could not reserve; it was never sent. */
            ABANDONED
        }

        /** Copies the list. */
        public Order {
            fills = List.copyOf(fills);
        }

        /** Sum of the fills, ≥ 0. */
        public Quantity filled() {
            Quantity sum = Quantity.ZERO;
            for (CaseFill fill : fills) {
                sum = sum.plus(fill.fill().size());
            }
            return sum;
        }

        /** The first fill that margin-service has not answered. */
        Optional<CaseFill> firstUnanswered() {
            return fills.stream().filter(f -> f.stage() == CaseFill.Stage.RECORDED).findFirst();
        }
    }

    /**
     * A closing against profitable accounts.
     *
     * @param legs in the order in which they are booked
     */
    record Adl(
            int number,
            AdlTerms terms,
            List<AdlLeg> legs,
            String explanation,
            long plannedAtNanos,
            OptionalLong finishedAtNanos)
            implements CaseStep {
        /** Copies the list. */
        public Adl {
            legs = List.copyOf(legs);
        }

        /** Price at which every leg is closed. */
        public Price price() {
            return terms.price();
        }
    }

    /**
     * Money from the insurance fund for what the account owes.
     *
     * @param deficit > 0, what the account owed when the draw was planned
     * @param drawn what the fund paid, absent until it has answered
     * @param refusal why margin-service refused the settlement, absent where it did not
     */
    record Draw(
            int number,
            AssetId asset,
            Money deficit,
            Optional<Money> drawn,
            Optional<String> refusal,
            String explanation,
            long plannedAtNanos,
            OptionalLong finishedAtNanos)
            implements CaseStep {}
}
