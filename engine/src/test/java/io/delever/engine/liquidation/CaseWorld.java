package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AccountView;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.Reply;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything around a case, in memory: the account ledger, a venue with a book, and the fund. All
 * of it survives a crash of the host, as the other processes and the database do.
 */
final class CaseWorld {
    static final AccountId MAKER = new AccountId("maker");

    final AccountLedger ledger = new AccountLedger(Scene.MARGIN);
    final Map<InstrumentId, PriceState> prices = new HashMap<>();
    final Map<InstrumentId, MarketDepth> books = new HashMap<>();
    final Map<String, CaseInput.OrderResolved> orders = new TreeMap<>();
    final List<FundEvent> fundLog = new ArrayList<>();
    final Money floor;
    private InsuranceFund fund;
    private int nextFill = 1;
    private int nextCommand = 1;
    long now = Scene.T0;

    CaseWorld(Money floor) {
        this.floor = floor;
        fund = new InsuranceFund(Map.of(Scene.USDC, floor));
        Scene.assets().values().forEach(asset -> act(new AccountCommand.AssetListing(asset)));
        Scene.instruments()
                .values()
                .forEach(instrument -> act(new AccountCommand.InstrumentListing(instrument)));
        deposit(MAKER, "900000000");
    }

    void deposit(AccountId account, String amount) {
        act(new AccountCommand.Deposit(account, Scene.USDC, Money.parse(amount)));
    }

    /** A trade with the maker on the other side. */
    void trade(AccountId account, InstrumentId instrument, Quantity size, Price price) {
        String trade = "t" + nextCommand;
        act(fill(account, instrument, size, price, trade));
        act(fill(MAKER, instrument, size.negate(), price, trade));
    }

    private static AccountCommand.Fill fill(
            AccountId account, InstrumentId instrument, Quantity size, Price price, String trade) {
        return new AccountCommand.Fill(
                account,
                instrument,
                size,
                price,
                Money.ZERO,
                FeeBeneficiary.VENUE,
                false,
                trade,
                Optional.empty());
    }

    private void act(AccountCommand action) {
        Optional<String> refusal = submit("w" + nextCommand++, action);
        if (refusal.isPresent()) {
            throw new AssertionError(action + " was refused: " + refusal.get());
        }
    }

    /** The reason of a refusal. A repeated id gets its first answer. */
    Optional<String> submit(String commandId, AccountCommand action) {
        Decision decision = ledger.decide(new Command(commandId, now, action), this::priceOf);
        ledger.apply(decision);
        if (!ledger.conservation().isConserved()) {
            throw new AssertionError("not conserved after " + action);
        }
        return switch (decision.reply()) {
            case Reply.Accepted accepted -> Optional.empty();
            case Reply.Rejected rejected -> Optional.of(rejected.reason().name());
        };
    }

    PriceState priceOf(InstrumentId instrument) {
        return prices.getOrDefault(instrument, new PriceState.Missing());
    }

    AccountObservation observe(AccountId account) {
        AccountView view = ledger.account(account).orElseThrow();
        MarketSnapshot market = new MarketSnapshot(Scene.instruments(), Scene.assets(), prices);
        SortedMap<AssetId, Money> available = new TreeMap<>();
        available.put(Scene.USDC, fund.balance(Scene.USDC).available());
        AccountSnapshot snapshot = AccountSnapshot.of(view);
        return new AccountObservation(
                snapshot,
                MarginCalculator.evaluate(snapshot, market, Scene.MARGIN),
                market,
                available,
                now);
    }

    MarketDepth book(InstrumentId instrument) {
        return books.getOrDefault(instrument, new MarketDepth(instrument, List.of(), List.of()));
    }

    /** What the venue does with an order: a known id gets its first outcome. */
    CaseInput.OrderResolved execute(CaseAction.SubmitOrder order) {
        CaseInput.OrderResolved known = orders.get(order.clientOrderId());
        if (known != null) {
            return known;
        }
        boolean selling = order.size().isShort();
        MarketDepth book = book(order.instrument());
        List<MarketDepth.Level> left = new ArrayList<>();
        List<OrderFill> fills = new ArrayList<>();
        Quantity open = order.size().abs();
        for (MarketDepth.Level level : selling ? book.bids() : book.asks()) {
            int comparison = level.price().compareTo(order.limit());
            boolean matches = selling ? comparison >= 0 : comparison <= 0;
            Quantity size = level.size().compareTo(open) < 0 ? level.size() : open;
            if (!matches || open.isZero()) {
                left.add(level);
                continue;
            }
            OrderFill fill = new OrderFill("x" + nextFill++, size, level.price());
            fills.add(fill);
            act(
                    fill(
                            MAKER,
                            order.instrument(),
                            selling ? size : size.negate(),
                            fill.price(),
                            fill.fillId()));
            open = open.minus(size);
            if (level.size().compareTo(size) > 0) {
                left.add(new MarketDepth.Level(level.price(), level.size().minus(size)));
            }
        }
        books.put(
                order.instrument(),
                selling
                        ? new MarketDepth(order.instrument(), left, book.asks())
                        : new MarketDepth(order.instrument(), book.bids(), left));
        CaseInput.OrderResolved outcome =
                new CaseInput.OrderResolved(
                        open.isZero() ? OrderStatus.FILLED : OrderStatus.EXPIRED, fills, "", now);
        orders.put(order.clientOrderId(), outcome);
        return outcome;
    }

    List<ProfitablePosition> winners(InstrumentId instrument, boolean isLong) {
        return ProfitablePosition.of(
                ledger,
                instrument,
                isLong,
                new MarketSnapshot(Scene.instruments(), Scene.assets(), prices),
                1_000);
    }

    InsuranceFund fund() {
        return fund;
    }

    void contribute(String amount) {
        List<FundEvent> events =
                fund.decide(
                                new FundCommand.Contribute(
                                        "k" + nextCommand++, Scene.USDC, Money.parse(amount), now))
                        .events();
        events.forEach(fund::apply);
        fundLog.addAll(events);
    }

    /** The fund as a restarted host reads it. */
    void reloadFund() {
        fund = new InsuranceFund(Map.of(Scene.USDC, floor));
        fundLog.forEach(fund::apply);
    }

    /** The whole state as text. */
    List<String> state() {
        List<String> lines = new ArrayList<>();
        ledger.writeState(lines::add);
        orders.forEach((id, outcome) -> lines.add(id + " " + outcome.status() + outcome.fills()));
        lines.add(fund.balances().toString());
        return lines;
    }
}
