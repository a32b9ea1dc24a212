package io.delever.simulation.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.market.Asset;
import io.delever.engine.market.Instrument;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands by which a scenario's accounts come to be: listings, deposits, and both sides of
 * every opening trade. The trader pays the instrument's taker fee to the venue, the maker pays
 * none.
 */
public final class OpeningCommands {
    private OpeningCommands() {}

    /**
     * Unit of account first, then instruments, then the assets that they price.
     *
     * @param scenario the scenario
     * @param idPrefix starts every command id
     * @param timeNanos stamped on every command
     */
    public static List<Command> listings(Scenario scenario, String idPrefix, long timeNanos) {
        List<Command> commands = new ArrayList<>();
        commands.add(asset(scenario.assets().getFirst(), idPrefix, timeNanos));
        for (InstrumentSpec spec : scenario.instruments()) {
            Instrument instrument = spec.instrument();
            commands.add(
                    new Command(
                            idPrefix + "list-instrument-" + instrument.id().value(),
                            timeNanos,
                            new AccountCommand.InstrumentListing(instrument)));
        }
        for (Asset asset : scenario.assets().subList(1, scenario.assets().size())) {
            commands.add(asset(asset, idPrefix, timeNanos));
        }
        return commands;
    }

    /**
     * What every account brings.
     *
     * @param population the accounts
     * @param idPrefix starts every command id
     * @param timeNanos stamped on every command
     */
    public static List<Command> deposits(Population population, String idPrefix, long timeNanos) {
        List<Command> commands = new ArrayList<>();
        for (OpeningDeposit deposit : population.deposits()) {
            commands.add(
                    new Command(
                            idPrefix
                                    + "deposit-"
                                    + deposit.account().value()
                                    + "-"
                                    + deposit.asset().value(),
                            timeNanos,
                            new AccountCommand.Deposit(
                                    deposit.account(), deposit.asset(), deposit.amount())));
        }
        return commands;
    }

    /**
     * Both sides of every opening trade, the trader's first.
     *
     * @param scenario for the fees
     * @param population the trades
     * @param idPrefix starts every command id
     * @param timeNanos stamped on every command
     */
    public static List<Command> fills(
            Scenario scenario, Population population, String idPrefix, long timeNanos) {
        List<Command> commands = new ArrayList<>();
        for (OpeningTrade trade : population.trades()) {
            Instrument instrument =
                    scenario.instrument(trade.instrument()).orElseThrow().instrument();
            Money notional = trade.price().times(trade.size().abs(), Rounding.CEILING);
            Money fee = notional.times(instrument.takerFee(), Rounding.CEILING);
            String id = idPrefix + trade.tradeId();
            commands.add(
                    new Command(id + ":trader", timeNanos, side(trade, trade.trader(), fee, id)));
            commands.add(
                    new Command(
                            id + ":maker", timeNanos, side(trade, trade.maker(), Money.ZERO, id)));
        }
        return commands;
    }

    /**
     * The maker's side of a trade at the paper venue: no fee.
     *
     * @param maker the maker's account
     * @param instrument what was traded
     * @param size signed for the maker
     * @param price at which
     * @param tradeId the venue's id of the fill
     */
    public static AccountCommand makerFill(
            AccountId maker,
            io.delever.engine.market.InstrumentId instrument,
            Quantity size,
            Price price,
            String tradeId) {
        return new AccountCommand.Fill(
                maker,
                instrument,
                size,
                price,
                Money.ZERO,
                FeeBeneficiary.VENUE,
                false,
                tradeId,
                Optional.empty());
    }

    private static Command asset(Asset asset, String idPrefix, long timeNanos) {
        return new Command(
                idPrefix + "list-asset-" + asset.id().value(),
                timeNanos,
                new AccountCommand.AssetListing(asset));
    }

    private static AccountCommand side(
            OpeningTrade trade, AccountId account, Money fee, String tradeId) {
        Quantity size = account.equals(trade.trader()) ? trade.size() : trade.size().negate();
        return new AccountCommand.Fill(
                account,
                trade.instrument(),
                size,
                trade.price(),
                fee,
                FeeBeneficiary.VENUE,
                false,
                tradeId,
                Optional.empty());
    }
}
