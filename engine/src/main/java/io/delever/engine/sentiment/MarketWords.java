package io.delever.engine.sentiment;

import java.util.Map;

/** What traders say and general lexicons do not know (TEXT-002). */
final class MarketWords {
    static final Map<String, Double> VALENCES =
            Map.ofEntries(
                    Map.entry("bullish", 2.5),
                    Map.entry("bull", 1.5),
                    Map.entry("bearish", -2.5),
                    Map.entry("bear", -1.5),
                    Map.entry("moon", 2.0),
                    Map.entry("mooning", 2.5),
                    Map.entry("hodl", 1.5),
                    Map.entry("hodling", 1.5),
                    Map.entry("rally", 1.5),
                    Map.entry("breakout", 1.5),
                    Map.entry("adoption", 1.5),
                    Map.entry("undervalued", 1.5),
                    Map.entry("overvalued", -1.5),
                    Map.entry("accumulate", 1.0),
                    Map.entry("accumulating", 1.0),
                    Map.entry("dump", -2.0),
                    Map.entry("dumped", -2.0),
                    Map.entry("dumping", -2.0),
                    Map.entry("dip", -0.5),
                    Map.entry("crash", -2.5),
                    Map.entry("crashed", -2.5),
                    Map.entry("crashing", -2.5),
                    Map.entry("plunge", -2.5),
                    Map.entry("plunged", -2.5),
                    Map.entry("plummet", -2.5),
                    Map.entry("selloff", -2.0),
                    Map.entry("sell-off", -2.0),
                    Map.entry("capitulation", -2.5),
                    Map.entry("liquidated", -2.5),
                    Map.entry("liquidations", -2.0),
                    Map.entry("depeg", -2.5),
                    Map.entry("depegged", -2.5),
                    Map.entry("insolvent", -3.0),
                    Map.entry("insolvency", -3.0),
                    Map.entry("bankrupt", -3.0),
                    Map.entry("ponzi", -2.5),
                    Map.entry("scam", -2.5),
                    Map.entry("rug", -2.0),
                    Map.entry("rugpull", -3.0),
                    Map.entry("rekt", -2.5),
                    Map.entry("fud", -1.5),
                    Map.entry("bubble", -1.5),
                    Map.entry("hacked", -2.5),
                    Map.entry("exploit", -2.0));

    private MarketWords() {}
}
