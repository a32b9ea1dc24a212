package io.delever.simulation.margin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.simulation.cli.Main;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MarginCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path EXAMPLE = DOCS.resolve("examples/margin.json");

    private static final Path PRODUCTS = DOCS.resolve("examples/margin-products.json");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    @Covers("MARG-030")
    void theExampleGivesEveryFigureOfEveryAccount() throws IOException {
        assertThat(run("margin", EXAMPLE.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        JsonNode accounts = JSON.readTree(out.toString()).get("accounts");
        assertThat(accounts.findValuesAsText("accountId")).containsExactly("alice", "bob", "carol");
        JsonNode alice = accounts.get(0).get("margin");
        assertThat(alice.get("state").textValue()).isEqualTo("HEALTHY");
        // 2,500 - 1,500 + 690
        assertThat(alice.get("equity").textValue()).isEqualTo("1690");
        assertThat(alice.get("adjustedEquity").textValue()).isEqualTo("1690");
        // 0.01 x 56,000 + 0.05 x 4,810
        assertThat(alice.get("maintenanceMargin").textValue()).isEqualTo("800.5");
        // 56,000 / 25 + 0.1 x 4,810
        assertThat(alice.get("initialMargin").textValue()).isEqualTo("2721");
        assertThat(alice.get("freeCollateral").textValue()).isEqualTo("0");
        assertThat(alice.get("equityRatio").textValue()).isEqualTo("2.11118");
        assertThat(alice.get("notional").textValue()).isEqualTo("60810");
        assertThat(alice.get("unrealizedPnl").textValue()).isEqualTo("-810");
        assertThat(alice.get("effectiveLeverage").textValue()).isEqualTo("35.982249");
        JsonNode aave = alice.get("positions").get(0);
        assertThat(aave.get("instrumentId").textValue()).isEqualTo("AAVE-PERP");
        assertThat(aave.get("entryCost").textValue()).isEqualTo("-5500");
        assertThat(aave.get("entryPrice").textValue()).isEqualTo("275");
        // 2,500 - 1,500 + 5,500 - 20 p = 560 + p
        assertThat(aave.get("liquidationPrice").textValue()).isEqualTo("282.85714285");
        JsonNode btc = alice.get("positions").get(1);
        assertThat(btc.get("leverage").textValue()).isEqualTo("25");
        // 2,500 + 690 + 0.5 p - 57,500 = 240.5 + 0.005 p, rounded up
        assertThat(btc.get("liquidationPrice").textValue()).isEqualTo("110203.03030304");
        // 112,000 - (1,690 x 560 / 800.5) / 0.5
        assertThat(btc.get("bankruptcyPrice").textValue()).isEqualTo("109635.47782636");
        JsonNode bob = accounts.get(1).get("margin");
        assertThat(bob.get("state").textValue()).isEqualTo("LIQUIDATABLE");
        assertThat(bob.get("equity").textValue()).isEqualTo("160");
        assertThat(bob.get("adjustedEquity").textValue()).isEqualTo("-399.75");
        assertThat(bob.get("equityRatio").textValue()).isEqualTo("-1.108109");
        assertThat(accounts.get(2).get("margin").get("state").textValue()).isEqualTo("HEALTHY");
        assertThat(accounts.get(2).get("margin").has("equityRatio")).isFalse();
    }

    @Test
    @Covers("MARG-030")
    void inputAndOutputHaveTheShapesOfTheirSchemas() throws IOException {
        JsonNode inputSchema = schema("margin-input.schema.json");
        JsonNode outputSchema = schema("margin-output.schema.json");
        assertThat(SchemaCheck.complaints(inputSchema, JSON.readTree(EXAMPLE.toFile()))).isEmpty();
        assertThat(run("margin", EXAMPLE.toString())).isZero();
        assertThat(SchemaCheck.complaints(outputSchema, JSON.readTree(out.toString()))).isEmpty();
        // The check itself finds what does not fit.
        assertThat(SchemaCheck.complaints(inputSchema, JSON.readTree(out.toString()))).isNotEmpty();
    }

    @Test
    @Covers({"MARG-030", "MARG-100", "MARG-110", "MARG-111"})
    void productsCollateralAndIsolatedPositionsHaveTheirFigures() throws IOException {
        JsonNode inputSchema = schema("margin-input.schema.json");
        assertThat(SchemaCheck.complaints(inputSchema, JSON.readTree(PRODUCTS.toFile()))).isEmpty();
        assertThat(run("margin", PRODUCTS.toString())).isZero();
        JsonNode all = JSON.readTree(out.toString());
        assertThat(SchemaCheck.complaints(schema("margin-output.schema.json"), all)).isEmpty();
        JsonNode coin = all.get("accounts").get(0).get("margin");
        assertThat(coin.get("equity").textValue()).isEqualTo("75000");
        // (1 + 0.8 x 0.5) x 0.95 x 50,000 x 0.998
        assertThat(coin.get("adjustedEquity").textValue()).isEqualTo("66367");
        assertThat(coin.get("maintenanceMargin").textValue()).isEqualTo("1000");
        JsonNode inverse = coin.get("positions").get(0);
        assertThat(inverse.get("entryCost").textValue()).isEqualTo("-2.5");
        assertThat(inverse.get("entryPrice").textValue()).isEqualTo("40000");
        assertThat(inverse.has("liquidationPrice")).isTrue();
        assertThat(inverse.has("distanceInVolatility")).isTrue();
        JsonNode isolated = all.get("accounts").get(1).get("margin");
        assertThat(isolated.get("state").textValue()).isEqualTo("HEALTHY");
        assertThat(isolated.get("equity").textValue()).isEqualTo("1090");
        // 1,000 + 100 x (1 - 0.16) x 0.9
        assertThat(isolated.get("adjustedEquity").textValue()).isEqualTo("1075.6");
        JsonNode dated = isolated.get("positions").get(0);
        assertThat(dated.get("isolated").get("state").textValue()).isEqualTo("LIQUIDATABLE");
        assertThat(dated.get("isolated").get("margin").textValue()).isEqualTo("9500");
        assertThat(dated.get("isolated").get("equity").textValue()).isEqualTo("500");
        // 9,500 + p - 60,000 = 0.025 p
        assertThat(dated.get("liquidationPrice").textValue()).isEqualTo("51794.87179488");
        assertThat(dated.get("distance").textValue()).isEqualTo("-0.015586");
        assertThat(dated.get("distanceInVolatility").textValue()).isEqualTo("-0.38965");
        JsonNode hedger = all.get("accounts").get(2).get("margin");
        // Long 102,000 against short 102,000: no move costs, 1 % of 204,000 + 2 % of 102,000
        // + 10 % of 104,000, and 0.5 % of 204,000 in initial margin.
        assertThat(hedger.get("maintenanceMargin").textValue()).isEqualTo("14480");
        assertThat(hedger.get("initialMargin").textValue()).isEqualTo("15500");
        JsonNode borrower = all.get("accounts").get(3).get("margin");
        assertThat(borrower.get("equity").textValue()).isEqualTo("10000");
        // 60,000 - 50,000 x 1.002 / 0.95
        assertThat(borrower.get("adjustedEquity").textValue()).isEqualTo("7263.15789473");
    }

    @ParameterizedTest
    @Covers("MARG-032")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"INVERSE\"|\"QUANTO\"|$.instruments[0].payoff: must be LINEAR or INVERSE",
                "\"multiplier\": \"100\"|\"multiplier\": \"0\"|multiplier of a contract must be",
                "\"settlementAssetId\": \"BTC\"|\"settlementAssetId\": \"USD\"|settles in its base",
                "\"settlementAssetId\": \"USD\"|\"settlementAssetId\": \"BTC\"|is not the listed"
                        + " unit",
                "\"settlementAssetId\": \"USD\"|\"settlementAssetId\": \"EUR\"|EUR is not listed",
                "2026-03-27T08:00:00Z|tomorrow|$.instruments[1].expiry: must be a time like",
                "\"0.2\" }]|\"0.01\" }]|$.assets[1]: haircuts of asset BTC must ascend from 0.05",
                "\"bidBuffer\": \"0.002\"|\"bidBuffer\": \"1\"|$.assets[1]: a bid buffer is below"
                        + " 1",
                "\"isolatedMargin\": \"9500\"|\"isolatedMargin\": \"-1\"|isolated margin of",
                "\"PORTFOLIO\"|\"SPAN\"|$.accounts[2].mode: must be CROSS or PORTFOLIO",
                "\"-0.15\"|\"-1\"|$.portfolio.grid[0]: a move must be above -1",
                "\"maintenanceLoss\": \"0.8\"|\"maintenanceLoss\": \"11\"|must be at most 10",
                "\"basisContingency\": \"0.02\"|\"basisContingency\": \"2\"|is at most 1",
                "\"profitWeight\": \"0.8\"|\"profitWeight\": \"1.1\"|profit weight must be",
            })
    void aBadProductIsNamedWithItsPlace(String from, String to, String message) throws IOException {
        String text = Files.readString(PRODUCTS);
        assertThat(text).contains(from);
        Path file = folder.resolve("bad-product.json");
        Files.writeString(file, text.replace(from, to));
        assertThat(run("margin", file.toString())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("bad-product.json").contains(message);
    }

    @Test
    @Covers("MARG-030")
    void aStalePriceLeavesTheFiguresOut() throws IOException {
        assertThat(run("margin", changed("\"DEGRADED\"", "\"STALE\""))).isZero();
        JsonNode accounts = JSON.readTree(out.toString()).get("accounts");
        JsonNode alice = accounts.get(0).get("margin");
        assertThat(alice.get("state").textValue()).isEqualTo("PRICE_UNAVAILABLE");
        assertThat(alice.get("unpricedInstrumentIds").get(0).textValue()).isEqualTo("AAVE-PERP");
        assertThat(alice.has("equity")).isFalse();
        assertThat(alice.get("positions")).hasSize(2);
        assertThat(accounts.get(2).get("margin").get("state").textValue()).isEqualTo("HEALTHY");
        JsonNode outputSchema = schema("margin-output.schema.json");
        assertThat(SchemaCheck.complaints(outputSchema, JSON.readTree(out.toString()))).isEmpty();
    }

    @Test
    @Covers("MARG-030")
    void aThousandAccountsAreNothingSpecial() throws IOException {
        String text = Files.readString(EXAMPLE);
        int start = text.indexOf("\"accounts\": [") + "\"accounts\": [".length();
        StringBuilder accounts = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            accounts.append(i == 0 ? "" : ",")
                    .append("{\"accountId\":\"a")
                    .append(i)
                    .append("\",\"balances\":[{\"assetId\":\"USD\",\"amount\":\"1000\"}],")
                    .append("\"positions\":[{\"instrumentId\":\"BTC-PERP\",\"size\":\"0.1\",")
                    .append("\"entryPrice\":\"112000\"}]}");
        }
        Path file = folder.resolve("many.json");
        Files.writeString(file, text.substring(0, start) + accounts + "]}");
        assertThat(run("margin", file.toString())).isZero();
        assertThat(JSON.readTree(out.toString()).get("accounts")).hasSize(5_000);
    }

    @ParameterizedTest
    @Covers("MARG-032")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"2500\"|2500|$.accounts[0].balances[0].amount: must be a string",
                "\"2500\"|\"2500.123456789\"|at most 8 decimals",
                "\"2500\"|\"1e3\"|$.accounts[0].balances[0].amount: not an admitted number: '1e3'",
                "\"2500\"|\"40000000001\"|$.accounts[0]: balance in USD is 40000000001, the limit"
                        + " is 40000000000",
                "\"2500\"|\"99999999999\"|the limit is 92233720368.54775807",
                "\"size\": \"0.5\"|\"size\": \"0\"|$.accounts[0].positions[0]: a position in"
                        + " BTC-PERP has no size",
                "\"size\": \"0.5\"|\"size\": \"4000000\"|size x entryPrice is 4000000 x 115000, the"
                        + " limit is 40000000000",
                "\"entryPrice\": \"275\"|\"entry\": \"275\"|$.accounts[0].positions[1]: unknown"
                        + " field 'entry'",
                "\"entryPrice\": \"275\"|\"leverage\": \"2\"|needs either entryPrice or entryCost",
                "\"leverage\": \"25\"|\"leverage\": \"0.9\"|$.accounts[0].positions[0].leverage:"
                        + " leverage must be at least 1, is 0.9",
                "\"112000\"|\"0\"|$.prices[0].markPrice: a price must be > 0, is 0",
                "\"112000\"|\"1000000001\"|$.prices[0].markPrice: price is 1000000001, the limit is"
                        + " 1000000000",
                "\"DEGRADED\"|\"OLD\"|$.prices[1].state: must be FRESH, DEGRADED, STALE or MISSING",
                "\"0.05\", \"pricedBy|\"1\", \"pricedBy|$.assets[1]: haircut of asset BTC must be <"
                        + " 1000000 ppm, is 1000000",
                "\"0.025\" }|\"0.06\" }|$.instruments[0].tiers: tier 1: maintenance margin 60000"
                        + " ppm is above initial 50000 ppm",
                "\"accountId\": \"bob\"|\"accountId\": \"alice\"|$.accounts[1]: account alice is"
                        + " given twice",
                "\"accountId\": \"bob\"|\"accountId\": \"b b\"|$.accounts[1].accountId: account id"
                        + " may have",
                "\"accountId\": \"bob\",||$.accounts[1]: field 'accountId' is missing",
                "\"accountId\": \"bob\"|\"accountId\": null|$.accounts[1].accountId: must be a"
                        + " string",
                "\"marginCallLevel\": \"1.2\"|\"marginCallLevel\": \"0.9\"|must be 1000000 to"
                        + " 1000000000 ppm, is 900000",
                "\"prices\": [|\"prices\": 7, \"p\": [|unknown field 'p'",
                "\"positions\": []|\"positions\": {}|$.accounts[2].positions: must be an array, is"
                        + " {}",
                "\"positions\": []|\"positions\": [|line 58, column 5: not JSON: Unexpected close"
                        + " marker '}': expected ']'",
                "\"accountId\": \"bob\"|\"accountId\": \"bob\", \"accountId\": \"eve\"|Duplicate"
                        + " field 'accountId'",
            })
    void aBadFileIsNamedWithPlaceValueAndLimit(String from, String to, String message)
            throws IOException {
        assertThat(run("margin", changed(from, to == null ? "" : to))).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("bad.json").contains(message);
    }

    @Test
    @Covers("MARG-032")
    void aFileThatIsNotThereOrNoJsonIsSaid() throws IOException {
        assertThat(run("margin", folder.resolve("none.json").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none.json: cannot be read");
        Path empty = Files.writeString(folder.resolve("empty.json"), "");
        assertThat(run("margin", empty.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("empty.json, $: must be an object");
        Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
        assertThat(run("margin", deep.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("deep.json").contains("not JSON");
        assertThat(out.toString()).isEmpty();
        assertThat(run("margin")).isEqualTo(2);
    }

    private JsonNode schema(String name) throws IOException {
        return JSON.readTree(DOCS.resolve("schema").resolve(name).toFile());
    }

    private String changed(String from, String to) throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(from);
        Path file = folder.resolve("bad.json");
        Files.writeString(file, text.replace(from, to));
        return file.toString();
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
