package io.delever.engine.margin;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An account falls into parts that answer for themselves alone: each isolated position with its own
 * margin, and the rest, which shares all balances (MARG-110). Every rule is then one rule for a
 * part.
 */
final class AccountParts {
    private AccountParts() {}

    /** The account without its isolated positions; itself where it has none. */
    static AccountView shared(AccountView account) {
        if (account.isolatedMargins().isEmpty()) {
            return account;
        }
        List<Position> positions =
                account.positions().stream()
                        .filter(
                                position ->
                                        !account.isolatedMargins()
                                                .containsKey(position.instrument()))
                        .toList();
        TreeMap<InstrumentId, Leverage> leverages = new TreeMap<>();
        for (Position position : positions) {
            account.leverage(position.instrument())
                    .ifPresent(leverage -> leverages.put(position.instrument(), leverage));
        }
        return new AccountSnapshot(
                account.id(),
                account.balances(),
                positions,
                leverages,
                Map.of(),
                account.isPortfolioMargined());
    }

    /** An isolated position with its margin as the only balance; empty where it is not isolated. */
    static Optional<AccountView> isolated(
            AccountView account, InstrumentId instrument, MarketView market) {
        Money margin = account.isolatedMargins().get(instrument);
        Optional<Position> position = account.position(instrument);
        if (margin == null || position.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<InstrumentId, Leverage> leverages = new TreeMap<>();
        account.leverage(instrument).ifPresent(leverage -> leverages.put(instrument, leverage));
        return Optional.of(
                new AccountSnapshot(
                        account.id(),
                        new TreeMap<>(
                                Map.of(
                                        MarginCalculator.listed(market, instrument).settlement(),
                                        margin)),
                        List.of(position.get()),
                        leverages));
    }

    /** The same account with margin by tiers, whatever its mode. */
    static AccountView byTiers(AccountView account) {
        return account.isPortfolioMargined()
                ? new AccountSnapshot(
                        account.id(),
                        account.balances(),
                        account.positions(),
                        AccountSnapshot.of(account).leverages(),
                        account.isolatedMargins())
                : account;
    }

    /** The part that answers for a position in this instrument. */
    static AccountView holding(AccountView account, InstrumentId instrument, MarketView market) {
        return isolated(account, instrument, market).orElseGet(() -> shared(account));
    }
}
