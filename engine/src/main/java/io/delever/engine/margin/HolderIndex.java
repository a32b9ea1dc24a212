package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Who holds what, so that a price touches only the accounts that need it. */
final class HolderIndex {
    private final Map<InstrumentId, SortedMap<AccountId, AccountView>> positions = new HashMap<>();
    private final Map<AssetId, SortedMap<AccountId, AccountView>> balances = new HashMap<>();

    void update(AccountView account, InstrumentId instrument) {
        put(positions, instrument, account, account.position(instrument).isPresent());
    }

    void update(AccountView account, AssetId asset) {
        put(balances, asset, account, !account.balance(asset).isZero());
    }

    List<AccountView> withPosition(InstrumentId instrument) {
        return List.copyOf(positions.getOrDefault(instrument, new TreeMap<>()).values());
    }

    List<AccountView> withBalance(AssetId asset) {
        return List.copyOf(balances.getOrDefault(asset, new TreeMap<>()).values());
    }

    /** Accounts with a position in the instrument or a balance that it prices. */
    List<AccountView> of(InstrumentId priced, Collection<Asset> assets) {
        TreeMap<AccountId, AccountView> found =
                new TreeMap<>(positions.getOrDefault(priced, new TreeMap<>()));
        for (Asset asset : assets) {
            if (asset.pricedBy().filter(priced::equals).isPresent()) {
                found.putAll(balances.getOrDefault(asset.id(), new TreeMap<>()));
            }
        }
        return List.copyOf(found.values());
    }

    /** The same accounts without a copy; one that holds both comes twice. */
    void forEach(InstrumentId priced, Collection<Asset> assets, Consumer<AccountView> action) {
        positions.getOrDefault(priced, new TreeMap<>()).values().forEach(action);
        for (Asset asset : assets) {
            if (asset.pricedBy().filter(priced::equals).isPresent()) {
                balances.getOrDefault(asset.id(), new TreeMap<>()).values().forEach(action);
            }
        }
    }

    private static <K> void put(
            Map<K, SortedMap<AccountId, AccountView>> index,
            K key,
            AccountView account,
            boolean holds) {
        if (holds) {
            index.computeIfAbsent(key, _ -> new TreeMap<>()).put(account.id(), account);
        } else {
            SortedMap<AccountId, AccountView> known = index.get(key);
            if (known != null) {
                known.remove(account.id());
            }
        }
    }
}
