package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.prices;
import static io.delever.engine.margin.Fixtures.stale;
import static io.delever.engine.margin.Fixtures.tier;
import static io.delever.engine.margin.Ledgers.deposit;
import static io.delever.engine.margin.Ledgers.fill;
import static io.delever.engine.margin.Ledgers.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.Asset;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RiskMonitorTest {
    private final Ledgers at = new Ledgers();
    private final RiskMonitor monitor = new RiskMonitor(at.ledger);

    /**
     * Zed and alice are long 0.5 BTC with 3,000; bob is long ETH; carol holds BTC against an ETH
     * position.
     */
    private void fourAccounts() {
        for (String id : List.of("zed", "alice")) {
            at.accept(deposit(id, "3000"));
            at.accept(fill(id, BTC_PERP, "0.5", "60000"));
        }
        at.accept(deposit("bob", "3000"));
        at.accept(fill("bob", ETH_PERP, "10", "3000"));
        at.accept(deposit("carol", BTC, "0.1"));
        at.accept(fill("carol", ETH_PERP, "10", "3000"));
        assertThat(monitor.everything(at.prices, 1)).isEmpty();
    }

    @Test
    @Covers("MARG-024")
    void transitionsComeWithBothStatesInAccountOrder() {
        fourAccounts();
        List<RiskTransition> changes =
                monitor.pricesChanged(List.of(BTC_PERP), prices("56000", "3000"), 77);
        assertThat(changes)
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("alice LIQUIDATABLE", "zed LIQUIDATABLE");
        assertThat(changes.getFirst().previous()).isEqualTo(RiskState.HEALTHY);
        assertThat(changes.getFirst().eventTimeNanos()).isEqualTo(77);
        assertThat(changes.getFirst().figures().orElseThrow().equity()).hasToString("1000");
        assertThat(monitor.pricesChanged(List.of(BTC_PERP), prices("56000", "3000"), 78)).isEmpty();
        assertThat(monitor.snapshot()).isEqualTo(changes);
        assertThat(monitor.stateOf(new AccountId("zed"))).isEqualTo(RiskState.LIQUIDATABLE);
        List<RiskTransition> back =
                monitor.pricesChanged(List.of(BTC_PERP), prices("60000", "3000"), 79);
        assertThat(back)
                .extracting(change -> change.account() + " " + change.previous())
                .containsExactly("alice LIQUIDATABLE", "zed LIQUIDATABLE");
        assertThat(monitor.snapshot()).isEmpty();
    }

    @Test
    @Covers("MARG-024")
    void onlyHoldersOfTheChangedInstrumentsAreLookedAt() {
        fourAccounts();
        // ETH fell, but only BTC is said to have changed: carol is looked at for her collateral.
        List<RiskTransition> changes =
                monitor.pricesChanged(List.of(BTC_PERP), prices("60000", "1"), 2);
        assertThat(changes)
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("carol BANKRUPT");
        assertThat(monitor.pricesChanged(List.of(ETH_PERP), prices("60000", "1"), 3))
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("bob BANKRUPT");
    }

    @Test
    @Covers("MARG-024")
    void theOrderWithinABatchDoesNotMatter() {
        fourAccounts();
        RiskMonitor other = new RiskMonitor(at.ledger);
        assertThat(monitor.pricesChanged(List.of(ETH_PERP, BTC_PERP), prices("50000", "2500"), 5))
                .isEqualTo(
                        other.pricesChanged(
                                List.of(BTC_PERP, ETH_PERP), prices("50000", "2500"), 5))
                .hasSize(4);
    }

    @Test
    @Covers("MARG-024")
    void aLostPriceAndItsReturnAreTransitions() {
        fourAccounts();
        List<RiskTransition> lost =
                monitor.pricesChanged(
                        List.of(BTC_PERP),
                        prices("60000", "3000").with(BTC_PERP, stale("60000")),
                        6);
        assertThat(lost)
                .extracting(RiskTransition::current)
                .containsOnly(RiskState.PRICE_UNAVAILABLE)
                .hasSize(3);
        assertThat(lost.getFirst().figures()).isEmpty();
        assertThat(monitor.pricesChanged(List.of(BTC_PERP), prices("57000", "3000"), 7))
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("alice MARGIN_CALL", "carol HEALTHY", "zed MARGIN_CALL");
    }

    @Test
    @Covers("MARG-024")
    void anAppliedDecisionMovesTheAccountsItTouches() {
        fourAccounts();
        at.prices = prices("57500", "3000");
        monitor.pricesChanged(List.of(BTC_PERP), at.prices, 8);
        Decision sold = at.accept(fill("alice", BTC_PERP, "0.5", "57500"));
        assertThat(monitor.applied(sold, at.prices))
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("alice LIQUIDATABLE");
        Decision paid = at.accept(deposit("alice", "100000"));
        assertThat(monitor.applied(paid, at.prices))
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("alice HEALTHY");
        Decision refused = at.send(withdrawal("alice", "1000000"));
        assertThat(monitor.applied(refused, at.prices)).isEmpty();
    }

    @Test
    @Covers("MARG-024")
    void newParametersMoveTheHoldersOfWhatWasListed() {
        fourAccounts();
        Decision stricter =
                at.accept(
                        new AccountCommand.InstrumentListing(
                                Fixtures.instrument(
                                        BTC_PERP,
                                        BTC,
                                        "0.1",
                                        "0.001",
                                        List.of(tier("0", "0.5", "0.4")))));
        assertThat(monitor.applied(stricter, at.prices))
                .extracting(change -> change.account().value())
                .containsExactly("alice", "zed");
        Decision haircut =
                at.accept(
                        new AccountCommand.AssetListing(
                                new Asset(BTC, Rate.parse("0.95"), Optional.of(BTC_PERP))));
        assertThat(monitor.applied(haircut, at.prices))
                .extracting(change -> change.account() + " " + change.current())
                .containsExactly("carol LIQUIDATABLE");
    }

    @Test
    @Covers("MARG-025")
    void profitablePositionsAreRankedByProfitThenId() {
        fourAccounts();
        at.accept(deposit("short", "1"));
        at.accept(fill("short", BTC_PERP, "-0.5", "60000"));
        at.accept(deposit("debtor", "1"));
        at.accept(fill("debtor", BTC_PERP, "5", "60000"));
        at.accept(fill("debtor", ETH_PERP, "100", "9000"));
        at.accept(deposit("mia", "3000"));
        at.accept(fill("mia", BTC_PERP, "1", "60000"));
        at.accept(deposit("blind", BTC, "1"));
        at.accept(fill("blind", BTC_PERP, "2", "60000"));
        at.prices = prices("61000", "3000");
        assertThat(profitable(true, 10))
                .containsExactly("blind 2000", "mia 1000", "alice 500", "zed 500");
        assertThat(profitable(true, 2)).containsExactly("blind 2000", "mia 1000");
        assertThat(profitable(false, 10)).isEmpty();
        at.prices = prices("59000", "3000");
        assertThat(profitable(false, 10)).containsExactly("short 500");
        at.prices = prices("60000", "3000");
        assertThat(profitable(true, 10)).isEmpty();
        at.prices = prices("61000", "3000").with(BTC_PERP, stale("61000"));
        assertThat(profitable(true, 10)).isEmpty();
    }

    @Test
    @Covers("ADLQ-049")
    void otherPositionsOfAProfitableAccountAreAddedUpWithTheirSign() {
        at.accept(deposit("hedger", "100000"));
        at.accept(fill("hedger", BTC_PERP, "2", "60000"));
        at.accept(fill("hedger", ETH_PERP, "-10", "3000"));
        at.accept(deposit("plain", "100000"));
        at.accept(fill("plain", BTC_PERP, "1", "60000"));
        at.prices = prices("61000", "3000");
        assertThat(
                        ProfitablePosition.of(
                                at.ledger, BTC_PERP, true, at.ledger.marketAt(at.prices), 9))
                .extracting(found -> found.account() + " " + found.otherNotional())
                .containsExactly("hedger -30000", "plain 0");
        at.prices = prices("61000", "2900");
        assertThat(
                        ProfitablePosition.of(
                                at.ledger, ETH_PERP, false, at.ledger.marketAt(at.prices), 9))
                .extracting(found -> found.account() + " " + found.otherNotional())
                .containsExactly("hedger 122000");
    }

    private List<String> profitable(boolean isLong, int limit) {
        return ProfitablePosition.of(
                        at.ledger, BTC_PERP, isLong, at.ledger.marketAt(at.prices), limit)
                .stream()
                .map(found -> found.account() + " " + found.unrealizedPnl())
                .toList();
    }
}
