package io.delever.simulation.adl;

import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlEvent;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import io.delever.simulation.market.CsvTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recorded accounts of October 10 2025 in a folder: one row for each account that was
 * deleveraged, and the fills of eight rounds. Numbers with more than eight decimals are rounded
 * half-even.
 *
 * <p>An account's equity is its cash and the profit that was closed, because the table's account
 * values are cash. Its notional is what was deleveraged of it.
 */
final class EventFolder {
    static final String ACCOUNTS = "adl_by_user.csv.gz";
    static final String FILLS = "adl_rounds_small.csv.gz";
    static final String CLOSED = "adl_rounds_small_closed_pnl.csv.gz";
    static final String GAPS = "mit_chitra_waves/wave_coin_gap_per_contract.csv.gz";
    static final String DEFICITS = "mit_chitra_waves/per_shock_metrics_queue.csv.gz";
    private static final int DECIMALS = 8;
    private static final Quantity LOT = Quantity.parse("0.00001");

    private final Path folder;

    EventFolder(Path folder) {
        this.folder = folder;
        for (String name : List.of(ACCOUNTS, FILLS, CLOSED, GAPS, DEFICITS)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new CommandFailure(
                        Main.EXIT_FAILED,
                        folder + ": has no " + name + ", which the recorded event consists of");
            }
        }
    }

    List<AdlInput> read(Rate profitCap) throws IOException {
        AdlEvent event = new AdlEvent(accounts(), deficit(), profitCap);
        return List.of(
                new AdlInput.Event(
                        "the whole event by account, for the deficits of all shocks", event),
                new AdlInput.Rounds("the recorded rounds, market by market", rounds(profitCap)));
    }

    /** What the venue itself closed. */
    String recorded() throws IOException {
        Money closed = Money.ZERO;
        int accounts = 0;
        for (Map<String, String> row : CsvTable.read(folder.resolve(ACCOUNTS))) {
            closed = closed.plus(money(row, "closed_pnl").max(Money.ZERO));
            accounts++;
        }
        return "recorded: the venue closed positions with a profit of %s of %d accounts; deficits %s"
                .formatted(closed, accounts, deficit());
    }

    private Money deficit() throws IOException {
        Money sum = Money.ZERO;
        for (Map<String, String> row : CsvTable.read(folder.resolve(DEFICITS))) {
            sum = sum.plus(money(row, "deficit_usd"));
        }
        return sum;
    }

    private List<AdlEvent.Account> accounts() throws IOException {
        List<AdlEvent.Account> accounts = new ArrayList<>();
        for (Map<String, String> row : CsvTable.read(folder.resolve(ACCOUNTS))) {
            Money profit = money(row, "closed_pnl");
            accounts.add(
                    new AdlEvent.Account(
                            new AccountId(text(row, "user")),
                            profit,
                            money(row, "account_value_realtime").plus(profit),
                            money(row, "adl_notional")));
        }
        return accounts;
    }

    /** One round for each wave and coin; the fills of one account in it are one position. */
    private List<AdlInput.Round> rounds(Rate profitCap) throws IOException {
        List<Map<String, String>> closed = CsvTable.read(folder.resolve(CLOSED));
        Map<String, BigDecimal> gaps = new LinkedHashMap<>();
        for (Map<String, String> row : CsvTable.read(folder.resolve(GAPS))) {
            gaps.put(
                    text(row, "wave") + " " + text(row, "coin"),
                    number(row, "gap_per_contract_usd"));
        }
        Map<String, RecordedRound> rounds = new LinkedHashMap<>();
        int line = 0;
        for (Map<String, String> row : CsvTable.read(folder.resolve(FILLS))) {
            String key = text(row, "wave") + " " + text(row, "coin");
            BigDecimal profit = number(closed.get(line++), "closed_pnl");
            rounds.computeIfAbsent(key, _ -> new RecordedRound()).add(row, profit);
        }
        List<AdlInput.Round> read = new ArrayList<>();
        rounds.forEach(
                (key, round) -> {
                    BigDecimal gap = gaps.getOrDefault(key, BigDecimal.ZERO).max(BigDecimal.ZERO);
                    read.add(round.at(key, gap, profitCap));
                });
        return read;
    }

    /** Fills of one round, added up by account. */
    private static final class RecordedRound {
        private final Map<String, AdlCandidate> candidates = new LinkedHashMap<>();
        private BigDecimal size = BigDecimal.ZERO;
        private BigDecimal price = BigDecimal.ONE;

        void add(Map<String, String> row, BigDecimal closedProfit) {
            BigDecimal filled = number(row, "adl_size").abs();
            BigDecimal held = number(row, "position_size");
            // The profit of the whole position, by what its closed part brought.
            BigDecimal profit =
                    filled.signum() == 0
                            ? BigDecimal.ZERO
                            : closedProfit
                                    .multiply(held.abs())
                                    .divide(filled, DECIMALS, RoundingMode.HALF_EVEN);
            size = size.add(held.signum() < 0 ? filled.negate() : filled);
            price = number(row, "adl_price");
            String account = text(row, "account");
            candidates.putIfAbsent(
                    account,
                    new AdlCandidate(
                            new AccountId(account),
                            new Quantity(e8(held)),
                            new Money(e8(profit)),
                            new Money(e8(number(row, "total_equity")))));
        }

        /** The venue's fills say at which price; the bankruptcy price is worse by the gap. */
        AdlInput.Round at(String title, BigDecimal gap, Rate profitCap) {
            BigDecimal bankruptcy = size.signum() < 0 ? price.add(gap) : price.subtract(gap);
            Price mark = new Price(e8(price));
            Price close = new Price(Math.max(1, e8(bankruptcy)));
            AdlRequest request =
                    new AdlRequest(
                            new InstrumentId("recorded"),
                            new Quantity(e8(size)),
                            new AdlRequest.Prices(close, mark),
                            LOT,
                            new AdlRequest.Limits(Rate.ONE, profitCap));
            return new AdlInput.Round(title, request, List.copyOf(candidates.values()));
        }
    }

    private static Money money(Map<String, String> row, String column) {
        return new Money(e8(number(row, column)));
    }

    private static long e8(BigDecimal value) {
        return value.movePointRight(DECIMALS).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static BigDecimal number(Map<String, String> row, String column) {
        String text = text(row, column);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure(
                    Main.EXIT_FAILED, "column " + column + ": no number: '" + text + "'");
        }
    }

    private static String text(Map<String, String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new CommandFailure(
                    Main.EXIT_FAILED,
                    "column " + column + " is missing, there are " + row.keySet());
        }
        return text;
    }
}
