package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import java.util.List;
import java.util.Optional;

/**
 * Listing and relisting, without pulling the ground from under open positions (MARG-022, MARG-023).
 */
final class ListingRule {
    /** Greatest number of listed instruments, and of listed assets. */
    static final int MAX_LISTINGS = 4096;

    private final AccountLedger ledger;

    ListingRule(AccountLedger ledger) {
        this.ledger = ledger;
    }

    Optional<Refusal> decide(Instrument instrument, List<AccountEvent> events) {
        Optional<Asset> settlement =
                Optional.ofNullable(ledger.assets().get(instrument.settlement()));
        if (settlement.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.UNKNOWN_ASSET,
                            "settlement asset "
                                    + instrument.settlement()
                                    + " of "
                                    + instrument.id()
                                    + " is not listed"));
        }
        if (!settlement.get().isUnitOfAccount()) {
            return invalid(
                    "settlement asset "
                            + instrument.settlement()
                            + " of "
                            + instrument.id()
                            + " is not the unit of account");
        }
        if (!AdmittedRange.isAdmitted(instrument.tickSize())
                || instrument.lotSize().e8() > AdmittedRange.MAX_AMOUNT_E8) {
            return invalid("tick or lot size of " + instrument.id() + " is too large");
        }
        Optional<Refusal> refusal =
                Optional.ofNullable(ledger.instruments().get(instrument.id()))
                        .map(before -> checkReplacement(before, instrument))
                        .orElseGet(() -> checkCount("instruments", ledger.instruments().size()));
        if (refusal.isEmpty()) {
            events.add(new AccountEvent.InstrumentListed(instrument));
        }
        return refusal;
    }

    Optional<Refusal> decide(Asset asset, List<AccountEvent> events) {
        if (!asset.terms().isFlat()) {
            return invalid("asset " + asset.id() + " may only have a flat haircut here");
        }
        Optional<AssetId> unit =
                ledger.assets().values().stream()
                        .filter(Asset::isUnitOfAccount)
                        .map(Asset::id)
                        .findFirst();
        boolean isUnit = unit.filter(asset.id()::equals).isPresent();
        if (asset.isUnitOfAccount() && unit.isPresent() && !isUnit) {
            return invalid(
                    "asset " + asset.id() + " has no price; the unit of account is " + unit.get());
        }
        if (ledger.assets().containsKey(asset.id()) && isUnit != asset.isUnitOfAccount()) {
            return invalid(
                    "asset " + asset.id() + " cannot become or cease to be the unit of account");
        }
        Optional<Refusal> refusal =
                ledger.assets().containsKey(asset.id())
                        ? Optional.empty()
                        : checkCount("assets", ledger.assets().size());
        if (refusal.isEmpty()) {
            events.add(new AccountEvent.AssetListed(asset));
        }
        return refusal;
    }

    private static Optional<Refusal> checkReplacement(Instrument before, Instrument after) {
        if (!before.base().equals(after.base())
                || !before.settlement().equals(after.settlement())) {
            return invalid(
                    "base and settlement of "
                            + before.id()
                            + " stay "
                            + before.base()
                            + " and "
                            + before.settlement());
        }
        // Open positions are multiples of the old lot and must be closable in new ones.
        if (!before.lotSize().isMultipleOf(after.lotSize())) {
            return invalid(
                    "lot size of "
                            + before.id()
                            + " is "
                            + before.lotSize()
                            + ", "
                            + after.lotSize()
                            + " does not divide it");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> checkCount(String what, int listed) {
        return listed < MAX_LISTINGS
                ? Optional.empty()
                : invalid(listed + " " + what + " are listed, the limit is " + MAX_LISTINGS);
    }

    private static Optional<Refusal> invalid(String detail) {
        return Optional.of(new Refusal(RejectionReason.INVALID_PARAMETERS, detail));
    }
}
