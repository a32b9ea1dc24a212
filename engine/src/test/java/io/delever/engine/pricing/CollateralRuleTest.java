package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.CollateralRule.CollateralPrice;
import io.delever.engine.pricing.CollateralRule.Kind;
import io.delever.engine.pricing.CollateralRule.Quote;
import io.delever.engine.pricing.CollateralRule.Verdict;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollateralRuleTest {
    private static final CollateralRule RULE = new CollateralRule(2, Rate.parse("0.02"));
    private static final Path DEPEGS =
            Path.of(System.getProperty("basedir", "."))
                    .resolve("../../shared/data/03_stablecoin_depegs");

    /** Quotes are R, O, V or W (the own book) with a price, and {@code !} where stale. */
    @ParameterizedTest
    @Covers({"GARD-001", "GARD-002", "GARD-003", "GARD-004"})
    @CsvSource({
        "R1 O0.999 V0.65 V0.66, 0.999, AGREED",
        "R1 O0.7 V0.65 V0.69, 0.7, AGREED",
        "R1 O0.999, 0.999, AGREED",
        "R1 O0.98, 0.98, AGREED",
        "R1 O0.97999999, , CONTRADICTED",
        "R1 V0.65 V0.66, , CONTRADICTED",
        // One venue is no opinion, and a stale one does not help it.
        "R1 O0.999 V0.65, 0.999, AGREED",
        "R1 O0.999 V0.65 V0.66!, 0.999, AGREED",
        "R1 V0.65, , TOO_FEW",
        "V0.99 V1 V1, , TOO_FEW",
        // The own book never counts, alone or with anything else.
        "W0.65, , TOO_FEW",
        "R1 W0.65, , TOO_FEW",
        "R1 O1 W0.65 W0.65, 1, AGREED",
        "R1! O1, , TOO_FEW",
        "O0.99 O1 O0.995 R1, 0.995, AGREED",
    })
    void opinionsAreCombined(String quotes, String price, Verdict verdict) {
        List<Quote> all = Arrays.stream(quotes.split(" ", -1)).map(each -> quote(each)).toList();
        CollateralPrice result = RULE.price(all, T0);
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.price()).isEqualTo(Optional.ofNullable(price).map(Price::parse));
        assertThat(result.opinions()).doesNotContainKey(Kind.OWN_BOOK);
    }

    private static Quote quote(String text) {
        Kind kind =
                switch (text.charAt(0)) {
                    case 'R' -> Kind.REDEMPTION;
                    case 'O' -> Kind.ORACLE;
                    case 'V' -> Kind.VENUE;
                    default -> Kind.OWN_BOOK;
                };
        boolean stale = text.endsWith("!");
        Price price = Price.parse(text.substring(1).replace("!", ""));
        return new Quote(kind, new Observation(price, stale ? T0 - 2 : T0 - 1), 1);
    }

    /**
     * October 10 to 12 2025, minute by minute: Binance had USDe down to 0.65 while the pool of
     * Uniswap and redemption stayed at 1. Whether Binance is the venue itself or one outside venue,
     * its wick is nobody's collateral price.
     */
    @Test
    @Covers({"GARD-001", "GARD-002"})
    void usdeDoesNotFollowOneVenue() throws IOException {
        assumeTrue(Files.isDirectory(DEPEGS), "skipped: no recorded data at " + DEPEGS);
        TreeMap<Long, Price> pool = new TreeMap<>();
        for (String[] row : rows("usde_uniswap_pool_by_block_2025-10-10.csv.gz")) {
            pool.put(Long.parseLong(row[7]) * SECOND, price(row[4]));
        }
        Price lowestBinance = Price.parse("2");
        int checked = 0;
        for (String[] row : rows("usde_usdt_binance_1m_2025-10-10_12.csv.gz")) {
            long now = Long.parseLong(row[0]) * 1_000_000L;
            Optional<Price> oracle =
                    Optional.ofNullable(pool.floorEntry(now)).map(e -> e.getValue());
            if (oracle.isEmpty() || now > pool.lastKey()) {
                continue;
            }
            Price low = price(row[3]);
            lowestBinance = low.compareTo(lowestBinance) < 0 ? low : lowestBinance;
            for (Kind binance : List.of(Kind.OWN_BOOK, Kind.VENUE)) {
                List<Quote> quotes = new ArrayList<>();
                quotes.add(new Quote(binance, new Observation(low, now), 60 * SECOND));
                quotes.add(new Quote(Kind.ORACLE, new Observation(oracle.get(), now), 60 * SECOND));
                quotes.add(
                        new Quote(
                                Kind.REDEMPTION,
                                new Observation(Price.parse("1"), now),
                                3_600 * SECOND));
                assertThat(RULE.price(quotes, now).price().orElseThrow())
                        .as("at %d Binance says %s", now, low)
                        .isBetween(Price.parse("0.99"), Price.parse("1"));
            }
            checked++;
        }
        assertThat(lowestBinance).isEqualTo(Price.parse("0.65"));
        assertThat(checked).isGreaterThan(500);
        assertThat(pool.values().stream().min(Comparator.naturalOrder()).orElseThrow())
                .isGreaterThan(Price.parse("0.99"));
    }

    private static List<String[]> rows(String file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(DEPEGS.resolve(file))),
                                StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    private static Price price(String decimal) {
        BigDecimal rounded = new BigDecimal(decimal).setScale(8, RoundingMode.HALF_EVEN);
        return Price.parse(rounded.stripTrailingZeros().toPlainString());
    }
}
