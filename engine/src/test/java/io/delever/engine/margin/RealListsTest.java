package io.delever.engine.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tier tables of a venue and the positions of October 10 2025, as they were published. */
class RealListsTest {
    private static final Path DATA =
            Path.of(System.getProperty("basedir", ".")).resolve("../../shared/data");
    private static final Path TIERS =
            DATA.resolve("09_risk_limits/binance_leverage_tiers_2024-10.csv.gz");
    private static final Path POSITIONS =
            DATA.resolve("01_hyperliquid_2025-10-10/positions_final_all_accounts.csv.gz");
    private static final AssetId USD = new AssetId("USD");
    private static final MarginParameters PARAMETERS =
            new MarginParameters(Rate.parse("1.2"), MarginParameters.MAX_POSITIONS);

    private static final Map<String, List<String[]>> ROWS = new TreeMap<>();

    @BeforeAll
    static void readTheTiers() throws IOException {
        assumeTrue(Files.exists(TIERS), "skipped: no published tiers at " + TIERS);
        assumeTrue(Files.exists(POSITIONS), "skipped: no published positions at " + POSITIONS);
        for (String[] row : rows(TIERS)) {
            ROWS.computeIfAbsent(row[0], symbol -> new ArrayList<>()).add(row);
        }
    }

    @Test
    @Covers("MKTS-012")
    void everyPublishedTableGivesItsPublishedAmounts() {
        int checked = 0;
        for (Map.Entry<String, List<String[]>> table : ROWS.entrySet()) {
            TierTable tiers = table(table.getValue());
            for (String[] row : table.getValue()) {
                Money floor = money(row[3]);
                assertThat(tiers.cumulativeMaintenanceAmount(floor))
                        .as("%s from %s", table.getKey(), floor)
                        .isEqualTo(money(row[7]));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(2_805);
    }

    @Test
    @Covers({"MARG-008", "MARG-010", "MARG-030"})
    void everyPublishedPositionIsValuedAsArbitraryPrecisionValuesIt() throws IOException {
        Map<String, List<String[]>> byAccount = new TreeMap<>();
        for (String[] row : rows(POSITIONS)) {
            if (!row[3].isEmpty() && quantity(row[3]).abs().isLong()) {
                byAccount.computeIfAbsent(row[0], account -> new ArrayList<>()).add(row);
            }
        }
        int positions = 0;
        int borders = 0;
        for (Map.Entry<String, List<String[]>> account : byAccount.entrySet()) {
            Map<InstrumentId, PriceState> prices = new HashMap<>();
            AccountSnapshot snapshot = account(account.getKey(), account.getValue(), prices);
            MarketSnapshot market = market(prices);
            MarginFigures figures =
                    MarginCalculator.evaluate(snapshot, market, PARAMETERS).figures().orElseThrow();
            for (PositionMargin margin : figures.positions()) {
                positions++;
                checkExactly(account.getKey(), margin);
                borders += checkBorder(snapshot, margin.position(), prices) ? 1 : 0;
            }
        }
        assertThat(positions).isEqualTo(3_500);
        assertThat(byAccount).hasSize(3_232);
        assertThat(borders).isGreaterThan(2_000);
    }

    private static void checkExactly(String account, PositionMargin margin) {
        BigDecimal size = new BigDecimal(margin.position().size().toString());
        BigDecimal mark = new BigDecimal(margin.mark().toString());
        BigDecimal value = size.multiply(mark);
        BigDecimal notional = value.abs().setScale(8, RoundingMode.CEILING);
        assertThat(new BigDecimal(margin.notional().toString())).isEqualByComparingTo(notional);
        BigDecimal profit =
                value.setScale(8, RoundingMode.FLOOR)
                        .subtract(new BigDecimal(margin.position().cost().toString()));
        assertThat(new BigDecimal(margin.unrealizedPnl().toString()))
                .as(account)
                .isEqualByComparingTo(profit);
        BigDecimal expected = BigDecimal.ZERO;
        for (String[] row : rowsOf(margin.position().instrument().value())) {
            if (notional.compareTo(new BigDecimal(row[3])) >= 0) {
                expected =
                        notional.multiply(new BigDecimal(row[5]))
                                .subtract(new BigDecimal(row[7]))
                                .setScale(8, RoundingMode.CEILING);
            }
        }
        assertThat(new BigDecimal(margin.maintenanceMargin().toString()))
                .as(account)
                .isEqualByComparingTo(expected);
    }

    /** At the shown liquidation price the account is safe, one unit beyond it is not. */
    private static boolean checkBorder(
            AccountSnapshot account, Position position, Map<InstrumentId, PriceState> prices) {
        Optional<Price> border =
                MarginCalculator.liquidationPrice(
                        account, position.instrument(), market(prices), PARAMETERS);
        if (border.isEmpty()) {
            return false;
        }
        long safe = border.get().e8();
        assertThat(isLiquidatable(account, position, prices, safe)).isFalse();
        assertThat(isLiquidatable(account, position, prices, safe - position.size().signum()))
                .isTrue();
        return true;
    }

    private static boolean isLiquidatable(
            AccountSnapshot account,
            Position position,
            Map<InstrumentId, PriceState> prices,
            long markE8) {
        Map<InstrumentId, PriceState> there = new HashMap<>(prices);
        Price mark = new Price(markE8);
        there.put(position.instrument(), new PriceState.Fresh(mark, mark, 0));
        MarginFigures figures =
                MarginCalculator.evaluate(account, market(there), PARAMETERS)
                        .figures()
                        .orElseThrow();
        return MarginCalculator.isLiquidatable(
                figures.adjustedEquity(), figures.maintenanceMargin());
    }

    /** The list has no balances: every account gets a tenth of the notional that it opened. */
    private static AccountSnapshot account(
            String id, List<String[]> rows, Map<InstrumentId, PriceState> prices) {
        List<Position> positions = new ArrayList<>();
        Money opened = Money.ZERO;
        for (String[] row : rows) {
            InstrumentId instrument = new InstrumentId(row[1]);
            Price mark = price(row[5]);
            Quantity size = quantity(row[3]).abs();
            Price entry = row[4].isEmpty() ? mark : price(row[4]);
            Position position =
                    Position.opened(
                            instrument, row[2].equals("SHORT") ? size.negate() : size, entry);
            positions.add(position);
            opened = opened.plus(position.cost().abs());
            prices.put(instrument, new PriceState.Fresh(mark, mark, 0));
        }
        Money balance = new Money(opened.e8() / 10);
        return new AccountSnapshot(
                new AccountId(id), new TreeMap<>(Map.of(USD, balance)), positions, Map.of());
    }

    private static MarketSnapshot market(Map<InstrumentId, PriceState> prices) {
        Map<InstrumentId, Instrument> instruments = new HashMap<>();
        for (InstrumentId id : prices.keySet()) {
            instruments.put(
                    id,
                    new Instrument(
                            id,
                            new AssetId(id.value()),
                            USD,
                            new Price(1),
                            new Quantity(1),
                            TABLES.computeIfAbsent(id.value(), asset -> table(rowsOf(asset))),
                            Rate.ZERO,
                            Rate.ZERO));
        }
        return new MarketSnapshot(
                instruments, Map.of(USD, new Asset(USD, Rate.ZERO, Optional.empty())), prices);
    }

    private static final Map<String, TierTable> TABLES = new HashMap<>();

    private static List<String[]> rowsOf(String asset) {
        return ROWS.getOrDefault(asset + "/USDT:USDT", List.of());
    }

    private static TierTable table(List<String[]> rows) {
        List<RiskTier> tiers = new ArrayList<>();
        for (String[] row : rows) {
            BigDecimal initial =
                    BigDecimal.ONE.divide(new BigDecimal(row[6]), 6, RoundingMode.CEILING);
            tiers.add(
                    new RiskTier(
                            money(row[3]),
                            Rate.parse(initial.stripTrailingZeros().toPlainString()),
                            Rate.parse(plain(row[5]))));
        }
        return TierTable.of(tiers);
    }

    private static Money money(String text) {
        return Money.parse(plain(text));
    }

    private static Price price(String text) {
        return Price.parse(plain(text));
    }

    private static Quantity quantity(String text) {
        return Quantity.parse(plain(text));
    }

    /** The lists are written by a program that prints doubles; 8 decimals are what it means. */
    private static String plain(String text) {
        BigDecimal value = new BigDecimal(text).setScale(8, RoundingMode.HALF_EVEN);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static List<String[]> rows(Path path) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(path)),
                                StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }
}
