package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.PriceView;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small market and accounts, written as the spec writes them. */
final class Fixtures {
    static final AssetId USD = new AssetId("USD");
    static final AssetId BTC = new AssetId("BTC");
    static final AssetId ETH = new AssetId("ETH");
    static final InstrumentId BTC_PERP = new InstrumentId("BTC-PERP");
    static final InstrumentId ETH_PERP = new InstrumentId("ETH-PERP");
    static final MarginParameters PARAMETERS = new MarginParameters(new Rate(1_200_000), 16);

    /** Initial 10 %, maintenance 5 % up to 100,000; then 20 % and 10 %. Taker fee 0.1 %. */
    static final Instrument BTC_INSTRUMENT =
            instrument(
                    BTC_PERP,
                    BTC,
                    "0.1",
                    "0.001",
                    List.of(tier("0", "0.1", "0.05"), tier("100000", "0.2", "0.1")));

    /** Initial 4 %, maintenance 2 %. */
    static final Instrument ETH_INSTRUMENT =
            instrument(ETH_PERP, ETH, "0.01", "0.01", List.of(tier("0", "0.04", "0.02")));

    static final Asset USD_ASSET = new Asset(USD, Rate.ZERO, Optional.empty());
    static final Asset BTC_ASSET = new Asset(BTC, Rate.parse("0.1"), Optional.of(BTC_PERP));

    private Fixtures() {}

    static RiskTier tier(String floor, String initial, String maintenance) {
        return new RiskTier(Money.parse(floor), Rate.parse(initial), Rate.parse(maintenance));
    }

    static Instrument instrument(
            InstrumentId id, AssetId base, String tick, String lot, List<RiskTier> tiers) {
        return new Instrument(
                id,
                base,
                USD,
                Price.parse(tick),
                Quantity.parse(lot),
                TierTable.of(tiers),
                Rate.parse("0.001"),
                Rate.parse("0.005"));
    }

    static PriceState fresh(String price) {
        return new PriceState.Fresh(Price.parse(price), Price.parse(price), 1);
    }

    static PriceState stale(String price) {
        return new PriceState.Stale(Price.parse(price), Price.parse(price), 1);
    }

    static Prices prices(String btc, String eth) {
        return new Prices().with(BTC_PERP, fresh(btc)).with(ETH_PERP, fresh(eth));
    }

    static MarketSnapshot market(Prices prices) {
        return new MarketSnapshot(
                Map.of(BTC_PERP, BTC_INSTRUMENT, ETH_PERP, ETH_INSTRUMENT),
                Map.of(USD, USD_ASSET, BTC, BTC_ASSET),
                prices.states);
    }

    static MarketSnapshot market(String btc, String eth) {
        return market(prices(btc, eth));
    }

    static AccountBuilder account() {
        return account("alice");
    }

    static AccountBuilder account(String id) {
        return new AccountBuilder(id);
    }

    /** Price states by instrument; every other one is missing. */
    static final class Prices implements PriceView {
        private final Map<InstrumentId, PriceState> states = new LinkedHashMap<>();

        Prices with(InstrumentId id, PriceState state) {
            states.put(id, state);
            return this;
        }

        @Override
        public PriceState priceOf(InstrumentId id) {
            return states.getOrDefault(id, new PriceState.Missing());
        }
    }

    /** {@code account().collateral("1000").longPosition("BTC-PERP", "0.5").entry("60000")}. */
    static final class AccountBuilder {
        private final AccountId id;
        private final TreeMap<AssetId, Money> balances = new TreeMap<>();
        private final List<Position> positions = new ArrayList<>();
        private final Map<InstrumentId, Leverage> leverages = new LinkedHashMap<>();

        private AccountBuilder(String id) {
            this.id = new AccountId(id);
        }

        AccountBuilder collateral(String usd) {
            return collateral(USD, usd);
        }

        AccountBuilder collateral(AssetId asset, String amount) {
            balances.put(asset, Money.parse(amount));
            return this;
        }

        AccountBuilder position(InstrumentId instrument, String size, String entry) {
            positions.add(Position.opened(instrument, Quantity.parse(size), Price.parse(entry)));
            return this;
        }

        AccountBuilder leverage(InstrumentId instrument, long times) {
            leverages.put(instrument, Leverage.of(times));
            return this;
        }

        AccountSnapshot build() {
            return new AccountSnapshot(id, balances, positions, leverages);
        }
    }
}
