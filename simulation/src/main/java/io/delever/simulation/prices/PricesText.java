package io.delever.simulation.prices;

import io.delever.engine.money.Price;
import java.util.Locale;
import java.util.Optional;

/** The findings as a table for a person. */
final class PricesText {
    private PricesText() {}

    /** Ends with a line break. */
    static String of(PricesEvaluation evaluation) {
        StringBuilder text = new StringBuilder(4_096);
        text.append(
                """
                October 10 2025, 20:50 to 22:50 UTC: Coinbase, Gemini and the perpetual of each coin.

                As recorded. The index must stay within 1 % of the median of the honest venues: all
                that are fresh, without the perpetual while it is farther than 5 % from each of them and
                without a venue that is named FROZEN: unchanged for 10 s while the others moved by 2 %.
                Last column: how long the index was farther than 1 % from the median with FROZEN ones.
                """);
        row(
                text,
                "coin",
                "perpetual at",
                "of spot for",
                "priced for",
                "index off",
                "mark off",
                "with FROZEN");
        for (Finding each : evaluation.findings(Tampering.NONE)) {
            row(
                    text,
                    each.base() + broken(each),
                    Finding.percent(each.perpetualSharePpm()),
                    Finding.seconds(each.caseNanos()),
                    Finding.seconds(each.usableNanos()),
                    Finding.percent(each.worstIndexPpm()),
                    Finding.percent(each.worstMarkPpm()),
                    Finding.seconds(each.besideFrozenNanos()));
        }
        text.append(
                """

                Gemini repeats its last price from 21:14 on. While it is farther than 5 % from both
                others it must be named FROZEN, 10 s after its last change at the latest.
                """);
        row(text, "coin", "away for", "not named for", "first named", "priced for", "index off");
        for (Finding each : evaluation.findings(Tampering.FROZEN)) {
            row(
                    text,
                    each.base() + broken(each),
                    Finding.seconds(each.caseNanos()),
                    Finding.seconds(each.brokenNanos()),
                    named(each),
                    Finding.seconds(each.usableNanos()),
                    Finding.percent(each.worstIndexPpm()));
        }
        text.append(
                """

                Only Coinbase is heard from 21:14 on. After the staleness limit of 20 s the price must
                be STALE, and the silent venues must be named.
                """);
        row(text, "coin", "alone for", "not STALE for", "first named", "priced for", "index off");
        for (Finding each : evaluation.findings(Tampering.ALONE)) {
            row(
                    text,
                    each.base() + broken(each),
                    Finding.seconds(each.caseNanos()),
                    Finding.seconds(each.brokenNanos()),
                    named(each),
                    Finding.seconds(each.usableNanos()),
                    Finding.percent(each.worstIndexPpm()));
        }
        collateral(text, evaluation.collateral());
        text.append(evaluation.holds() ? "\nEvery rule held.\n" : "\nA RULE DID NOT HOLD (!).\n");
        return text.toString();
    }

    private static void collateral(StringBuilder text, CollateralRun run) {
        text.append(
                String.format(
                        Locale.ROOT,
                        """

                        USDe as collateral, %d minutes, with redemption at 1 and a pool as the oracle;
                        the venue that fell is once the own book and once an outside venue.
                        lowest price at the venue %s, lowest collateral price %s%s
                        """,
                        run.minutes().size(),
                        shown(run.lowestVenue()),
                        shown(run.lowestCollateral()),
                        run.holds() ? "" : " !"));
    }

    private static String shown(Optional<Price> price) {
        return price.map(Price::toString).orElse("none");
    }

    private static String broken(Finding finding) {
        return finding.holds() ? "" : " !";
    }

    private static String named(Finding finding) {
        return finding.namedAfterNanos().map(Finding::seconds).orElse("never");
    }

    private static void row(StringBuilder text, String first, String... cells) {
        text.append(String.format(Locale.ROOT, "%-8s", first));
        for (String cell : cells) {
            text.append(String.format(Locale.ROOT, " %14s", cell));
        }
        text.append('\n');
    }
}
