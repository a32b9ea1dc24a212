package io.delever.margin.core;

import io.delever.engine.margin.Conservation;
import java.util.List;
import java.util.TreeMap;

/** The totals of several ledgers as one. */
public final class Conservations {
    private Conservations() {}

    /**
     * Adds totals of ledgers that have no account in common; what is in clearing may stand in two
     * of them.
     */
    public static Conservation sum(List<Conservation> parts) {
        var assets = new TreeMap<io.delever.engine.market.AssetId, Conservation.OfAsset>();
        var instruments =
                new TreeMap<io.delever.engine.market.InstrumentId, Conservation.OfInstrument>();
        long accounts = 0;
        long commands = 0;
        for (Conservation part : parts) {
            part.assets().forEach(a -> assets.merge(a.asset(), a, Conservations::plus));
            part.instruments()
                    .forEach(i -> instruments.merge(i.instrument(), i, Conservations::plus));
            accounts += part.accountCount();
            commands += part.commandCount();
        }
        return new Conservation(
                List.copyOf(assets.values()),
                List.copyOf(instruments.values()),
                accounts,
                commands);
    }

    private static Conservation.OfAsset plus(Conservation.OfAsset a, Conservation.OfAsset b) {
        return new Conservation.OfAsset(
                a.asset(),
                a.accounts().plus(b.accounts()),
                a.clearing().plus(b.clearing()),
                a.venueFees().plus(b.venueFees()),
                a.insurance().plus(b.insurance()),
                a.netDeposits().plus(b.netDeposits()),
                a.residue().plus(b.residue()));
    }

    private static Conservation.OfInstrument plus(
            Conservation.OfInstrument a, Conservation.OfInstrument b) {
        return new Conservation.OfInstrument(
                a.instrument(),
                a.accounts().plus(b.accounts()),
                a.clearing().plus(b.clearing()),
                a.residue().plus(b.residue()),
                a.openInterest().plus(b.openInterest()),
                Math.addExact(a.longAccounts(), b.longAccounts()),
                Math.addExact(a.shortAccounts(), b.shortAccounts()));
    }
}
