package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a host learned by carrying out a {@link CaseAction}. */
public sealed interface CaseInput {
    /** When it was learned, nanoseconds since the Unix epoch. */
    long timeNanos();

    /**
     * The account, its margin, the prices behind it and the fund. Answers {@link
     * CaseAction.ObserveAccount}.
     */
    record AccountObserved(AccountObservation observation) implements CaseInput {
        @Override
        public long timeNanos() {
            return observation.timeNanos();
        }
    }

    /** The book. Answers {@link CaseAction.ObserveDepth}, whose observation it brings back. */
    record DepthObserved(AccountObservation observation, MarketDepth depth, long timeNanos)
            implements CaseInput {}

    /**
     * Answers {@link CaseAction.ReserveFund} and {@link CaseAction.DrawFund}.
     *
     * @param amount ≥ 0, what was reserved or paid
     */
    record FundAnswered(Money amount, long timeNanos) implements CaseInput {}

    /**
     * How the order ended. Answers {@link CaseAction.SubmitOrder}.
     *
     * @param fills in the order of execution
     * @param rejectReason empty unless rejected
     */
    record OrderResolved(
            OrderStatus status, List<OrderFill> fills, String rejectReason, long timeNanos)
            implements CaseInput {
        /** Copies the list. */
        public OrderResolved {
            fills = List.copyOf(fills);
        }
    }

    /**
     * Margin-service has answered a command. Answers {@link CaseAction.BookFill} and {@link
     * CaseAction.BookSettlement}.
     *
     * @param refusal why it was refused; absent where it was acknowledged
     */
    record CommandAnswered(Optional<String> refusal, long timeNanos) implements CaseInput {
        /** Acknowledged. */
        public static CommandAnswered acknowledged(long timeNanos) {
            return new CommandAnswered(Optional.empty(), timeNanos);
        }

        /** Refused for the reason given. */
        public static CommandAnswered refused(String reason, long timeNanos) {
            return new CommandAnswered(Optional.of(reason), timeNanos);
        }
    }

    /**
     * Whom the ADL policy chose, in the order of booking; empty where nobody can be asked. Answers
     * {@link CaseAction.PlanAdl}, which it brings back.
     */
    record AdlAnswered(CaseAction.PlanAdl question, List<AdlAllocation> allocations, long timeNanos)
            implements CaseInput {
        /**
         * Copies the list; refuses more than was asked, the case's own account, and an account
         * named twice.
         */
        public AdlAnswered {
            allocations = List.copyOf(allocations);
            Quantity sum = Quantity.ZERO;
            Set<AccountId> seen = new HashSet<>();
            for (AdlAllocation allocation : allocations) {
                sum = sum.plus(allocation.size());
                if (!seen.add(allocation.counterparty())
                        || allocation.counterparty().equals(question.account())) {
                    throw new IllegalArgumentException(
                            "ADL for "
                                    + question.account()
                                    + " names "
                                    + allocation.counterparty()
                                    + " wrongly");
                }
            }
            if (sum.compareTo(question.terms().size().abs()) > 0) {
                throw new IllegalArgumentException(
                        "ADL for "
                                + question.account()
                                + ": "
                                + sum
                                + " exceeds "
                                + question.terms().size());
            }
        }
    }
}
