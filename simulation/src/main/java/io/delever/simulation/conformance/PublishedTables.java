package io.delever.simulation.conformance;

import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Ratio;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tier tables that examples speak of without printing them. They are facts published by the venue:
 * the BTC tables of Binance's "Leverage and Margin" pages for COIN-M (in BTC) and USDⓈ-M futures
 * (in USDT, from 2021-03-18 on), and an index price of Dederi's documentation.
 */
final class PublishedTables {
    private static final TierTable COIN_M_BTC =
            table(
                    "0 10 20 30 50 100 200 400 1000",
                    "0.004 0.005 0.01 0.025 0.05 0.1 0.125 0.15 0.25");
    private static final TierTable USD_M_BTC =
            table(
                    "0 50000 250000 1000000 10000000 20000000 50000000 100000000 200000000"
                            + " 300000000",
                    "0.004 0.005 0.01 0.025 0.05 0.1 0.125 0.15 0.25 0.5");

    private static final BigDecimal DEDERI_ETH_FORWARD = new BigDecimal("2253.2");
    private static final BigDecimal DEDERI_ETH_INDEX = new BigDecimal("2243.3");

    private PublishedTables() {}

    /** The row of a position: in the table of the example, or in the published one of its unit. */
    static Figure.Named lookUp(Input input) {
        Input position = input.startingWith("position");
        TierTable table =
                input.has("tierFloors")
                        ? MarginRules.table(
                                input.get("tierFloors").numbers(), input.get("mmr").numbers())
                        : published(position);
        Money notional = Scale.PLAIN.money(position.number());
        // Venues print (floor, ceiling]: a position right on a border belongs to the row below it.
        Money within = notional.isPositive() ? new Money(notional.e8() - 1) : notional;
        RiskTier tier = table.tierOf(within);
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("mmr", new Figure.Num(MarginRules.decimal(tier.maintenanceMargin())));
        return MarginRules.inEveryUnit(
                "maintenanceAmount",
                Scale.PLAIN.of(table.cumulativeMaintenanceAmount(within)),
                figures);
    }

    /**
     * The index behind an example of Dederi's documentation of portfolio margin, which prints only
     * the forward.
     */
    static Ratio index(Input input) {
        if (input.get("underlying").text().equals("ETH")
                && input.number("forward").compareTo(DEDERI_ETH_FORWARD) == 0) {
            return Ratio.of(DEDERI_ETH_INDEX);
        }
        throw new ShapeException("no index is known for " + input.path());
    }

    private static TierTable published(Input position) {
        if (position.path().endsWith("positionBtc")) {
            return COIN_M_BTC;
        }
        if (position.path().endsWith("positionUsdt")) {
            return USD_M_BTC;
        }
        throw new ShapeException("no tier table is known for " + position.path());
    }

    private static TierTable table(String floors, String rates) {
        return MarginRules.table(decimals(floors), decimals(rates));
    }

    private static List<BigDecimal> decimals(String words) {
        return Stream.of(words.split(" ", -1)).map(BigDecimal::new).toList();
    }
}
