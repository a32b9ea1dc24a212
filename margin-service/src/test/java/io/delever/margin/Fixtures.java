package io.delever.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.List;
import java.util.Optional;

/** Accounts, listings and commands that read like the rules. */
public final class Fixtures {
    public static final AssetId USD = new AssetId("USD");
    public static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    public static final MarginParameters PARAMETERS = new MarginParameters(new Rate(1_200_000), 64);

    private Fixtures() {}

    public static AccountId account(String id) {
        return new AccountId(id);
    }

    public static Command command(String id, AccountCommand action) {
        return new Command(id, 1_000, action);
    }

    public static Command listUsd(String id) {
        return command(
                id, new AccountCommand.AssetListing(new Asset(USD, Rate.ZERO, Optional.empty())));
    }

    public static Command listBtc(String id) {
        return command(id, new AccountCommand.InstrumentListing(btc()));
    }

    public static Instrument btc() {
        return new Instrument(
                BTC,
                new AssetId("BTC"),
                USD,
                Price.parse("0.1"),
                Quantity.parse("0.001"),
                TierTable.of(
                        List.of(
                                new RiskTier(Money.ZERO, new Rate(100_000), new Rate(50_000)),
                                new RiskTier(
                                        Money.parse("100000"),
                                        new Rate(200_000),
                                        new Rate(100_000)))),
                new Rate(500),
                new Rate(10_000));
    }

    public static Command deposit(String id, String account, String amount) {
        return command(id, new AccountCommand.Deposit(account(account), USD, Money.parse(amount)));
    }

    public static Command withdrawal(String id, String account, String amount) {
        return command(
                id, new AccountCommand.Withdrawal(account(account), USD, Money.parse(amount)));
    }

    public static Command transfer(String id, String from, String to, String amount) {
        return command(
                id,
                new AccountCommand.Transfer(account(from), account(to), USD, Money.parse(amount)));
    }

    public static Command fill(String id, String account, String size, String price) {
        return command(
                id,
                new AccountCommand.Fill(
                        account(account),
                        BTC,
                        Quantity.parse(size),
                        Price.parse(price),
                        Money.ZERO,
                        FeeBeneficiary.VENUE,
                        false,
                        "trade-" + id,
                        Optional.empty()));
    }

    public static PriceState fresh(String price) {
        return new PriceState.Fresh(Price.parse(price), Price.parse(price), 1);
    }
}
