package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.USD;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceView;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger with the fixture market listed, its journal, and commands in one line. */
final class Ledgers {
    final AccountLedger ledger;
    final List<Decision> journal = new ArrayList<>();
    PriceView prices = Fixtures.prices("60000", "3000");
    private int commands;

    Ledgers() {
        this(Fixtures.PARAMETERS);
    }

    Ledgers(MarginParameters parameters) {
        ledger = new AccountLedger(parameters);
        accept(new AccountCommand.AssetListing(Fixtures.USD_ASSET));
        accept(new AccountCommand.AssetListing(Fixtures.BTC_ASSET));
        accept(new AccountCommand.InstrumentListing(Fixtures.BTC_INSTRUMENT));
        accept(new AccountCommand.InstrumentListing(Fixtures.ETH_INSTRUMENT));
    }

    Decision send(AccountCommand action) {
        commands++;
        return send("c" + commands, action);
    }

    Decision send(String commandId, AccountCommand action) {
        Decision decision = ledger.decide(new Command(commandId, commands, action), prices);
        apply(decision);
        return decision;
    }

    void apply(Decision decision) {
        ledger.apply(decision);
        if (!decision.repeated()) {
            journal.add(decision);
        }
    }

    Decision accept(AccountCommand action) {
        Decision decision = send(action);
        if (decision.reply() instanceof Reply.Rejected rejected) {
            throw new AssertionError(rejected.detail());
        }
        return decision;
    }

    Reply.Rejected reject(AccountCommand action) {
        Decision decision = send(action);
        if (decision.reply() instanceof Reply.Rejected rejected) {
            return rejected;
        }
        throw new AssertionError("accepted: " + action);
    }

    AccountView account(String id) {
        return ledger.account(new AccountId(id)).orElseThrow();
    }

    /** The whole state as text. */
    static List<String> state(AccountLedger ledger) {
        List<String> lines = new ArrayList<>();
        ledger.writeState(lines::add);
        return lines;
    }

    static AccountCommand deposit(String account, String amount) {
        return deposit(account, USD, amount);
    }

    static AccountCommand deposit(String account, AssetId asset, String amount) {
        return new AccountCommand.Deposit(new AccountId(account), asset, Money.parse(amount));
    }

    static AccountCommand withdrawal(String account, String amount) {
        return withdrawal(account, USD, amount);
    }

    static AccountCommand withdrawal(String account, AssetId asset, String amount) {
        return new AccountCommand.Withdrawal(new AccountId(account), asset, Money.parse(amount));
    }

    static AccountCommand transfer(String from, String to, String amount) {
        return new AccountCommand.Transfer(
                new AccountId(from), new AccountId(to), USD, Money.parse(amount));
    }

    static AccountCommand settlement(String account, String amount) {
        return new AccountCommand.InsuranceSettlement(
                new AccountId(account), USD, Money.parse(amount), Optional.of("case-1"));
    }

    static AccountCommand leverage(String account, InstrumentId instrument, long ppm) {
        return new AccountCommand.LeverageChange(
                new AccountId(account), instrument, new Leverage(ppm));
    }

    static AccountCommand fill(String account, InstrumentId id, String size, String price) {
        return new FillBuilder(account, id, size, price).build();
    }

    /** A fill with what is seldom needed. */
    static final class FillBuilder {
        private final AccountId account;
        private final InstrumentId instrument;
        private final Quantity size;
        private final Price price;
        private Money fee = Money.ZERO;
        private FeeBeneficiary beneficiary = FeeBeneficiary.VENUE;
        private boolean reduceOnly;
        private Optional<String> caseId = Optional.empty();

        FillBuilder(String account, InstrumentId instrument, String size, String price) {
            this.account = new AccountId(account);
            this.instrument = instrument;
            this.size = Quantity.parse(size);
            this.price = Price.parse(price);
        }

        FillBuilder fee(String amount, FeeBeneficiary to) {
            fee = Money.parse(amount);
            beneficiary = to;
            return this;
        }

        FillBuilder reduceOnly() {
            reduceOnly = true;
            return this;
        }

        FillBuilder ofCase(String id) {
            caseId = Optional.of(id);
            return this;
        }

        AccountCommand build() {
            return new AccountCommand.Fill(
                    account,
                    instrument,
                    size,
                    price,
                    fee,
                    beneficiary,
                    reduceOnly,
                    "trade",
                    caseId);
        }
    }
}
