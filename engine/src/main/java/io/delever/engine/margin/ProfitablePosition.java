package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A position that auto-deleveraging could ask: its own unrealized profit and the account's equity
 * are greater than 0.
 *
 * @param unrealizedPnl of the position
 * @param equity of the account
 * @param notional |size| × mark
 * @param otherNotional of the account's other positions, + long and − short, added up (ADLQ-049)
 */
public record ProfitablePosition(
        AccountId account,
        Position position,
        Money unrealizedPnl,
        Money equity,
        Money notional,
        Money otherNotional) {
    private static final Comparator<ProfitablePosition> GREATEST_PROFIT_FIRST =
            Comparator.comparing(ProfitablePosition::unrealizedPnl)
                    .reversed()
                    .thenComparing(ProfitablePosition::account);

    /**
     * The profitable positions of one side, greatest profit first, ties by account id; at most
     * {@code limit} (MARG-025). Accounts that need a price which is not usable are left out.
     *
     * @param isLong the side
     */
    public static List<ProfitablePosition> of(
            AccountLedger ledger,
            InstrumentId instrument,
            boolean isLong,
            MarketView market,
            int limit) {
        List<ProfitablePosition> found = new ArrayList<>();
        for (AccountView account : ledger.positionHolders(instrument)) {
            boolean onSide =
                    account.position(instrument)
                            .filter(position -> position.size().isLong() == isLong)
                            .isPresent();
            if (onSide) {
                MarginCalculator.evaluate(account, market, ledger.parameters())
                        .figures()
                        .ifPresent(figures -> add(account.id(), instrument, figures, found));
            }
        }
        found.sort(GREATEST_PROFIT_FIRST);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    private static void add(
            AccountId account,
            InstrumentId instrument,
            MarginFigures figures,
            List<ProfitablePosition> found) {
        Money net = Money.ZERO;
        for (PositionMargin margin : figures.positions()) {
            net = net.plus(signedNotional(margin));
        }
        for (PositionMargin margin : figures.positions()) {
            if (margin.position().instrument().equals(instrument)
                    && margin.unrealizedPnl().isPositive()
                    && figures.equity().isPositive()) {
                found.add(
                        new ProfitablePosition(
                                account,
                                margin.position(),
                                margin.unrealizedPnl(),
                                figures.equity(),
                                margin.notional(),
                                net.minus(signedNotional(margin))));
            }
        }
    }

    private static Money signedNotional(PositionMargin margin) {
        return margin.position().size().isLong() ? margin.notional() : margin.notional().negate();
    }
}
