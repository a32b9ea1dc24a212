package io.delever.engine.pricing;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * What one settlement of funding does to every holder of a perpetual (FNDG-006, FNDG-007). It only
 * moves money: payments and residue add up to nothing.
 *
 * @param payments one for each holding, in its order; + is credit
 * @param residue what rounding leaves over, 0 or more and less than one unit for each holding; it
 *     goes to the insurance fund
 */
public record FundingSettlement(List<Payment> payments, Money residue) {
    /** Copies the payments. */
    public FundingSettlement {
        payments = List.copyOf(payments);
    }

    /**
     * A position.
     *
     * @param account who holds it
     * @param size + long, − short
     */
    public record Holding(AccountId account, Quantity size) {}

    /**
     * What one account gets.
     *
     * @param account the account
     * @param amount + is credit
     */
    public record Payment(AccountId account, Money amount) {}

    /**
     * −(size × mark × rate) for each holding, rounded down, so that what is paid is rounded up and
     * what is got down.
     *
     * @param holdings all of them: their sizes must add up to 0, else {@link
     *     IllegalArgumentException}
     * @param ratePpb parts per billion, + where longs pay
     */
    public static FundingSettlement of(List<Holding> holdings, Price mark, long ratePpb) {
        Ratio rate = Ratio.of(ratePpb, FixedPoint.ONE_PPB);
        Quantity open = Quantity.ZERO;
        Money sum = Money.ZERO;
        List<Payment> payments = new ArrayList<>(holdings.size());
        for (Holding holding : holdings) {
            Money amount =
                    FundingRules.cash(Ratio.of(holding.size()), Ratio.of(mark), rate)
                            .money(Rounding.FLOOR);
            payments.add(new Payment(holding.account(), amount));
            open = open.plus(holding.size());
            sum = sum.plus(amount);
        }
        if (!open.isZero()) {
            throw new IllegalArgumentException("sum of all sizes: %s, limit 0".formatted(open));
        }
        return new FundingSettlement(payments, sum.negate());
    }
}
