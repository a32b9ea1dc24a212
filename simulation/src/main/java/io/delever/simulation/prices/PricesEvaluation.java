package io.delever.simulation.prices;

import io.delever.simulation.market.SourceKey;
import io.delever.simulation.market.TapeFolder;
import io.delever.simulation.market.TapeReader;
import io.delever.simulation.market.TickSeries;
import io.delever.simulation.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every market of the recorded day in which the perpetual fell below both spot venues, as recorded
 * and with venues tampered with, and USDe as collateral.
 *
 * @param runs each market under each tampering
 * @param findings what they amount to, in the same order
 * @param collateral USDe
 */
record PricesEvaluation(List<MarketRun> runs, List<Finding> findings, CollateralRun collateral) {
    /**
     * Those with three venues of which the perpetual fell far: Gemini's names have no dash,
     * Coinbase's have.
     */
    static final List<String> BASES = List.of("AAVE", "ATOM", "AVAX", "DOT", "FIL", "UNI", "WIF");

    /** Copies the lists. */
    PricesEvaluation {
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
    }

    /**
     * Reads the folder and plays everything.
     *
     * @param folder the data folder with the folders of both recordings in it
     * @throws ScenarioException where a file is missing or is not such a file
     */
    static PricesEvaluation of(Path folder) throws IOException {
        Path bars = TapeFolder.find(folder).bars();
        List<MarketRun> runs = new ArrayList<>();
        for (String base : BASES) {
            TickSeries ticks = ticks(bars, base);
            for (Tampering tampering : Tampering.values()) {
                runs.add(MarketRun.play(base, ticks, tampering));
            }
        }
        CollateralRun collateral =
                CollateralRun.play(
                        DepegTape.read(
                                TapeFolder.locate(folder, DepegTape.VENUE),
                                TapeFolder.locate(folder, DepegTape.POOL)));
        return new PricesEvaluation(runs, runs.stream().map(Finding::of).toList(), collateral);
    }

    private static TickSeries ticks(Path bars, String base) {
        List<SourceKey> venues =
                List.of(
                        new SourceKey(MarketRun.COINBASE, base + "-USD"),
                        new SourceKey(MarketRun.GEMINI, base + "USD"),
                        new SourceKey(MarketRun.PERPETUAL, base + "USD_PERP"));
        return new TapeReader(bars, venues, 0, Long.MAX_VALUE).read();
    }

    /** Whether every rule held everywhere. */
    boolean holds() {
        return findings.stream().allMatch(Finding::holds) && collateral.holds();
    }

    List<Finding> findings(Tampering tampering) {
        return findings.stream().filter(each -> each.tampering() == tampering).toList();
    }
}
