package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A whole event with many markets, looked at by account instead of by contract: what each policy
 * takes of each account's profit for one budget (ADLQ-046). Giving a share of its profit closes the
 * same share of an account's positions.
 */
public final class AdlEvent {
    private final List<Account> queue;
    private final Money budget;
    private final Rate profitCap;

    /**
     * One account.
     *
     * @param profit that could be taken; whoever has none gives nothing
     * @param equity of the account; whoever has none gives nothing
     * @param notional of its positions, ≥ 0
     */
    public record Account(AccountId id, Money profit, Money equity, Money notional) {
        /** Refuses a negative notional. */
        public Account {
            if (notional.isNegative()) {
                throw new IllegalArgumentException(
                        id + ": the notional must be >= 0, is " + notional);
            }
        }

        /**
         * The share of the positions that stays where so much of the profit is taken, rounded up.
         */
        Money notionalAfter(Money taken) {
            return new Money(
                    FixedPoint.mulDiv(
                            notional.e8(),
                            profit.minus(taken).e8(),
                            profit.e8(),
                            Rounding.CEILING));
        }

        private AdlCandidate candidate() {
            return new AdlCandidate(id, new Quantity(1), profit, equity);
        }
    }

    /**
     * What a policy takes.
     *
     * @param policy which one
     * @param accounts those that could be asked, in the order of the queue
     * @param taken of each of them, ≥ 0, in the same order
     */
    public record Result(AdlPolicy policy, List<Account> accounts, List<Money> taken) {
        /** Copies the lists. */
        public Result {
            accounts = List.copyOf(accounts);
            taken = List.copyOf(taken);
        }

        /** All that is taken. */
        public Money total() {
            return taken.stream().reduce(Money.ZERO, Money::plus);
        }
    }

    /**
     * An event.
     *
     * @param accounts all that might be asked; the result does not depend on their order
     * @param budget what is needed, ≥ 0
     * @param profitCap greatest share of its profit that one account gives, 0 to 1
     */
    public AdlEvent(Collection<Account> accounts, Money budget, Rate profitCap) {
        if (budget.isNegative() || profitCap.compareTo(Rate.ONE) > 0) {
            throw new IllegalArgumentException(
                    "the budget must be >= 0 and the cap <= 1, are "
                            + budget
                            + " and "
                            + profitCap);
        }
        this.queue =
                accounts.stream()
                        .filter(account -> account.candidate().isProfitable())
                        .sorted((a, b) -> AdlQueue.RANK.compare(a.candidate(), b.candidate()))
                        .toList();
        this.budget = budget;
        this.profitCap = profitCap;
    }

    /** What is needed. */
    public Money budget() {
        return budget;
    }

    /** What this policy takes of whom. */
    public Result takenBy(AdlPolicy policy) {
        long[] shares = policy.rule().share(new Round());
        return new Result(
                policy,
                queue,
                IntStream.range(0, shares.length).mapToObj(i -> new Money(shares[i])).toList());
    }

    /** The units are the units of money. */
    private final class Round implements SharingRule.Round {
        @Override
        public long units() {
            return budget.e8();
        }

        @Override
        public long[] caps() {
            return queue.stream()
                    .mapToLong(
                            account ->
                                    account.profit()
                                            .times(profitCap, Rounding.FLOOR)
                                            .min(account.equity())
                                            .e8())
                    .toArray();
        }

        @Override
        public long[] profits() {
            return queue.stream().mapToLong(account -> account.profit().e8()).toArray();
        }

        @Override
        public long[] riskWeights() {
            return queue.stream()
                    .mapToLong(account -> AdlRound.riskWeight(account.notional(), account.equity()))
                    .toArray();
        }

        /**
         * An account at leverage λ gives profit × (1 − η ÷ λ) down to the level η: the profit
         * stands for the exposure, and profit ÷ λ for the equity.
         */
        @Override
        public LeverageDraining.Holders leverage() {
            long[] exposures =
                    queue.stream()
                            .mapToLong(a -> a.notional().isZero() ? 0 : a.profit().e8())
                            .toArray();
            long[] equities = queue.stream().mapToLong(Round::profitByLeverage).toArray();
            return new LeverageDraining.Holders(exposures, equities);
        }

        private static long profitByLeverage(Account account) {
            return account.notional().isZero()
                    ? account.equity().e8()
                    : Math.max(
                            1,
                            FixedPoint.mulDiv(
                                    account.profit().e8(),
                                    account.equity().e8(),
                                    account.notional().e8(),
                                    Rounding.CEILING));
        }

        @Override
        public LeverageDraining.Holders factorLeverage() {
            return leverage();
        }

        @Override
        public long unitExposure() {
            return 1;
        }

        @Override
        public Shares.PlaceOrder ties() {
            return (i, j) -> queue.get(i).id().compareTo(queue.get(j).id());
        }
    }
}
