package io.delever.engine.margin;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The whole state of a ledger as text, in a fixed order. */
final class LedgerDump {
    private LedgerDump() {}

    static void write(AccountLedger ledger, Map<String, Reply> replies, Consumer<String> lines) {
        lines.accept("sequence " + ledger.sequence());
        ledger.assets().values().forEach(asset -> lines.accept(asset.toString()));
        ledger.instruments().values().forEach(listed -> lines.accept(listed.toString()));
        ledger.accountStates().forEach(account -> write(account, lines));
        HouseAccounts house = ledger.house();
        for (Counterparty counterparty : Counterparty.values()) {
            lines.accept("house " + counterparty + " " + house.of(counterparty));
        }
        lines.accept("house sizes " + house.clearingSizes());
        ledger.pendingTransfers().forEach(transfer -> lines.accept(transfer.toString()));
        new TreeMap<>(replies).forEach((id, reply) -> lines.accept("reply " + id + " " + reply));
    }

    private static void write(LedgerAccount account, Consumer<String> lines) {
        lines.accept(
                "account "
                        + account.id()
                        + " "
                        + account.balances()
                        + " "
                        + account.positions()
                        + " "
                        + account.leverages());
    }
}
