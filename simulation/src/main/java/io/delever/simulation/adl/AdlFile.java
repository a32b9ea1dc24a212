package io.delever.simulation.adl;

import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.simulation.margin.JsonPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads rounds of single markets; the shape is {@code docs/schema/adl-input.schema.json}. */
final class AdlFile {
    private static final int MAX_ROUNDS = 10_000;
    private static final int MAX_ACCOUNTS = 1_000_000;

    private AdlFile() {}

    static List<AdlInput> read(String file, byte[] content) {
        JsonPlace root =
                JsonPlace.root(file, content)
                        .withFields("$schema", "severity", "profitCap", "rounds");
        Rate severity = share(root, "severity");
        Rate cap = share(root, "profitCap");
        AdlRequest.Limits limits = root.checked(() -> new AdlRequest.Limits(severity, cap));
        List<AdlInput> rounds = new ArrayList<>();
        for (JsonPlace place : root.field("rounds").elements(MAX_ROUNDS)) {
            rounds.add(round(place, limits));
        }
        return rounds;
    }

    private static Rate share(JsonPlace root, String name) {
        return root.optional(name).map(rate -> rate.read(Rate::parse)).orElse(Rate.ONE);
    }

    private static AdlInput.Round round(JsonPlace place, AdlRequest.Limits limits) {
        place.withFields(
                "instrumentId", "size", "bankruptcyPrice", "markPrice", "lotSize", "accounts");
        InstrumentId instrument = place.field("instrumentId").read(InstrumentId::new);
        Quantity size = place.field("size").read(Quantity::parse);
        AdlRequest.Prices prices =
                new AdlRequest.Prices(
                        place.field("bankruptcyPrice").read(Price::parse),
                        place.field("markPrice").read(Price::parse));
        Quantity lot = place.field("lotSize").read(Quantity::parse);
        AdlRequest request =
                place.checked(() -> new AdlRequest(instrument, size, prices, lot, limits));
        Set<AccountId> known = new HashSet<>();
        List<AdlCandidate> candidates = new ArrayList<>();
        for (JsonPlace account : place.field("accounts").elements(MAX_ACCOUNTS)) {
            AdlCandidate candidate = candidate(account);
            if (!known.add(candidate.account())) {
                throw account.wrong("account " + candidate.account() + " is given twice");
            }
            candidates.add(candidate);
        }
        String title =
                "%s: %s at %s, mark %s"
                        .formatted(instrument, size, prices.bankruptcy(), prices.mark());
        return new AdlInput.Round(title, request, candidates);
    }

    private static AdlCandidate candidate(JsonPlace place) {
        place.withFields("accountId", "size", "unrealizedPnl", "equity", "otherExposure");
        AdlCandidate candidate =
                new AdlCandidate(
                        place.field("accountId").read(AccountId::new),
                        place.field("size").read(Quantity::parse),
                        place.field("unrealizedPnl").read(Money::parse),
                        place.field("equity").read(Money::parse),
                        place.optional("otherExposure")
                                .map(other -> other.read(Money::parse))
                                .orElse(Money.ZERO));
        if (candidate.size().isZero()) {
            throw place.field("size").wrong("must not be 0");
        }
        return candidate;
    }
}
