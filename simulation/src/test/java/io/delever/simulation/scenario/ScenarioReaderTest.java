package io.delever.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.simulation.SmallScenario;
import io.delever.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
    @Test
    @Covers("SIMU-010")
    void whatComesAlongIsReadAndKeepsItsPromises() {
        for (String name : Scenarios.SHIPPED) {
            Scenario scenario = Scenarios.load(name);
            assertThat(scenario.name()).isEqualTo(name);
            assertThat(scenario.population().accounts()).isGreaterThanOrEqualTo(5_000);
            assertThat(scenario.unitOfAccount().value()).isEqualTo("USDC");
            assertThat(scenario.assets()).extracting(asset -> asset.id().value()).contains("BTC");
        }
        Scenario recorded = Scenarios.load("october-10-2025.json");
        assertThat(recorded.market()).isInstanceOf(MarketSpec.Recorded.class);
        assertThat(recorded.instruments()).hasSize(20);
        List<String> single =
                recorded.instruments().stream()
                        .filter(spec -> spec.index().minimumSources() == 1)
                        .map(spec -> spec.id().value())
                        .toList();
        assertThat(single).containsExactly("BTC-PERP", "ETH-PERP", "SOL-PERP", "XRP-PERP");
    }

    @ParameterizedTest
    @Covers({"SIMU-011", "SIMU-012"})
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"seed\": 11 | \"seed\": 11.5 | at seed: expected a whole number, found 11.5",
                "\"seed\": 11 | \"seed\": -1 | at seed: value -1 is outside 0 to",
                "\"seed\": 11 | \"seed\": 11, \"seed\": 12 | line",
                "\"seed\": 11 | \"sead\": 11 | at $: field \"seed\" is missing",
                "\"seed\": 11 | \"seed\": 11, \"extra\": 1 | at $: unknown field \"extra\"",
                "\"seed\": 11 | \"seed\": | line",
                "\"lotSize\": \"0.0001\" | \"lotSize\": \"-1\" | at instruments[0]: lot size of"
                        + " BTC-PERP",
                "\"lotSize\": \"0.0001\" | \"lotSize\": \"0.000000001\" | at"
                        + " instruments[0].lotSize: value \"0.000000001\"",
                "\"lotSize\": \"0.0001\" | \"lotSize\": 1 | at instruments[0].lotSize: expected a"
                        + " non-empty string, found 1",
                "\"tiers\": \"major\" | \"tiers\": \"huge\" | at instruments[0].tiers: no tier"
                        + " table \"huge\"",
                "\"minimumSources\": 2 | \"minimumSources\": 9 | at instruments[0].index:"
                        + " minimum_sources of BTC-PERP: 9",
                "\"staleAfter\": \"PT15S\" | \"staleAfter\": \"15\" | at"
                        + " instruments[0].index.sources[0].staleAfter: value \"15\"",
                "\"staleAfter\": \"PT15S\" | \"staleAfter\": \"-PT1S\" | at"
                        + " instruments[0].index.sources[0].staleAfter: value",
                "\"to\": \"2026-01-05T12:04:00Z\" | \"to\": \"2026-01-05T11:00:00Z\" | at to: must"
                        + " be after \"from\"",
                "\"to\": \"2026-01-05T12:04:00Z\" | \"to\": \"soon\" | at to: value \"soon\"",
                "\"longShare\": \"0.72\" | \"longShare\": \"1.2\" | at population.longShare: value",
                "\"maxPositions\": 3 | \"maxPositions\": 4 | at population.maxPositions: value"
                        + " exceeds the number of instruments, 3",
                "\"pricedBy\": \"BTC-PERP\" | \"pricedBy\": \"ETH-PERP\" | at assets: no instrument"
                        + " ETH-PERP",
                "\"market\": \"AVAX-USD\" | \"market\": \"BTC-USD\" | at instruments: source alpha"
                        + " BTC-USD serves two instruments",
                "\"instrument\": \"WIF-PERP\" | \"instrument\": \"BTC-PERP\" | at market.paths:"
                        + " instrument BTC-PERP must have exactly one path",
                "\"targetEquityRatio\": \"1.25\" | \"targetEquityRatio\": \"1\" | at liquidation:"
                        + " target ratio",
                "\"source\": \"seeded\" | \"source\": \"live\" | at market.source: value \"live\""
                        + " is not tape or seeded",
            })
    void whatIsWrongIsSaidWithPlaceValueAndLimit(String is, String becomes, String complaint) {
        String text = SmallScenario.text();
        assertThat(text).contains(is);
        String broken = text.replaceFirst(java.util.regex.Pattern.quote(is), becomes);
        assertThatThrownBy(() -> ScenarioReader.read("file.json", broken))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("file.json")
                .hasMessageContaining(complaint);
    }

    @Test
    @Covers("SIMU-011")
    void whatIsNoScenarioIsRefused() {
        assertThatThrownBy(() -> ScenarioReader.read("f", "[]"))
                .hasMessage("f: expected one JSON object");
        assertThatThrownBy(() -> ScenarioReader.read("f", SmallScenario.text().substring(0, 500)))
                .hasMessageContaining("line");
        assertThatThrownBy(() -> Scenarios.load("no-such-file"))
                .hasMessageContaining("no-such-file")
                .hasMessageContaining("seeded-crash");
    }
}
