package io.delever.engine.population;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.Asset;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.RiskTier;
import java.math.BigInteger;
import java.util.List;

/** The state of a priced account in arbitrary-precision arithmetic, written from the spec alone. */
final class ExactReference {
    private static final BigInteger E8 = BigInteger.valueOf(100_000_000);
    private static final BigInteger PPM = BigInteger.valueOf(1_000_000);

    private BigInteger equity = BigInteger.ZERO;
    private BigInteger adjusted = BigInteger.ZERO;
    private BigInteger maintenance = BigInteger.ZERO;

    private ExactReference() {}

    static ExactReference of(AccountView account, MarketView market) {
        ExactReference sums = new ExactReference();
        account.balances()
                .forEach(
                        (id, balance) ->
                                sums.add(market.asset(id).orElseThrow(), balance.e8(), market));
        for (Position position : account.positions()) {
            sums.add(position, market);
        }
        return sums;
    }

    /** Adjusted equity − maintenance margin. */
    BigInteger slack() {
        return adjusted.subtract(maintenance);
    }

    RiskState state(long levelPpm) {
        if (equity.signum() < 0) {
            return RiskState.BANKRUPT;
        }
        if (maintenance.signum() > 0 && maintenance.compareTo(adjusted) > 0) {
            return RiskState.LIQUIDATABLE;
        }
        boolean warned =
                maintenance.multiply(BigInteger.valueOf(levelPpm)).compareTo(adjusted.multiply(PPM))
                        > 0;
        return warned && maintenance.signum() > 0 ? RiskState.MARGIN_CALL : RiskState.HEALTHY;
    }

    private void add(Asset asset, long balance, MarketView market) {
        BigInteger value = BigInteger.valueOf(balance);
        if (asset.isUnitOfAccount()) {
            equity = equity.add(value);
            adjusted = adjusted.add(value);
            return;
        }
        long index =
                market.priceOf(asset.pricedBy().orElseThrow()).usableIndex().orElseThrow().e8();
        BigInteger full = floor(value.multiply(BigInteger.valueOf(index)), E8);
        BigInteger share = PPM.subtract(BigInteger.valueOf(asset.haircut().ppm()));
        equity = equity.add(full);
        adjusted =
                adjusted.add(
                        full.signum() >= 0
                                ? floor(full.multiply(share), PPM)
                                : floor(full.multiply(PPM), share));
    }

    private void add(Position position, MarketView market) {
        BigInteger mark =
                BigInteger.valueOf(
                        market.priceOf(position.instrument()).usableMark().orElseThrow().e8());
        BigInteger size = BigInteger.valueOf(position.size().e8());
        BigInteger profit =
                floor(size.multiply(mark), E8).subtract(BigInteger.valueOf(position.cost().e8()));
        equity = equity.add(profit);
        adjusted = adjusted.add(profit);
        BigInteger notional = ceiling(size.abs().multiply(mark), E8);
        List<RiskTier> tiers =
                market.instrument(position.instrument()).orElseThrow().tiers().tiers();
        maintenance = maintenance.add(requirement(tiers, notional));
    }

    /** ⌈notional × rate⌉ − amount of the last tier whose floor is not above the notional. */
    private static BigInteger requirement(List<RiskTier> tiers, BigInteger notional) {
        BigInteger amount = BigInteger.ZERO;
        BigInteger rate = rate(tiers.getFirst());
        for (RiskTier tier : tiers.subList(1, tiers.size())) {
            BigInteger floor = BigInteger.valueOf(tier.notionalFloor().e8());
            if (floor.compareTo(notional) > 0) {
                break;
            }
            amount = amount.add(floor.multiply(rate(tier).subtract(rate)).divide(PPM));
            rate = rate(tier);
        }
        return ceiling(notional.multiply(rate), PPM).subtract(amount);
    }

    private static BigInteger rate(RiskTier tier) {
        return BigInteger.valueOf(tier.maintenanceMargin().ppm());
    }

    private static BigInteger floor(BigInteger number, BigInteger divisor) {
        BigInteger[] parts = number.divideAndRemainder(divisor);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static BigInteger ceiling(BigInteger number, BigInteger divisor) {
        return floor(number.negate(), divisor).negate();
    }
}
