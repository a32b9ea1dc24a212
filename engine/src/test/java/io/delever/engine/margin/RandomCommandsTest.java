package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random commands on one ledger. */
class RandomCommandsTest {
    private static final int COMMANDS = 2_000;

    @SeededTest
    @Covers({"MARG-020", "MARG-021", "MARG-026", "MARG-027"})
    void everyEventConservesAndTheJournalGivesTheSameState(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Ledgers at = new Ledgers();
        int accepted = 0;
        for (int i = 0; i < COMMANDS; i++) {
            at.prices = randomPrices(random);
            Decision decision = at.send("r" + random.nextInt(COMMANDS), randomAction(random));
            accepted += decision.events().isEmpty() ? 0 : 1;
            advanceTransfers(at, random);
            assertThat(at.ledger.conservation().isConserved())
                    .as("command %d, %s", i, decision)
                    .isTrue();
        }
        assertThat(accepted).isGreaterThan(COMMANDS / 4);
        AccountLedger replayed = new AccountLedger(Fixtures.PARAMETERS);
        at.journal.forEach(replayed::apply);
        assertThat(Ledgers.state(replayed)).isEqualTo(Ledgers.state(at.ledger));
        RiskMonitor live = new RiskMonitor(at.ledger);
        RiskMonitor after = new RiskMonitor(replayed);
        assertThat(after.everything(at.prices, 1)).isEqualTo(live.everything(at.prices, 1));
    }

    private static void advanceTransfers(Ledgers at, SplittableRandom random) {
        for (PendingTransfer pending : List.copyOf(at.ledger.pendingTransfers())) {
            if (random.nextInt(3) == 0) {
                Decision credit = at.ledger.decide(pending.credit(1), at.prices);
                at.apply(credit);
                at.apply(at.ledger.decide(pending.finish(credit.reply(), 2), at.prices));
            }
        }
    }

    private static Fixtures.Prices randomPrices(SplittableRandom random) {
        Fixtures.Prices prices = new Fixtures.Prices();
        for (InstrumentId id : List.of(BTC_PERP, ETH_PERP)) {
            Price price = new Price(1 + (random.nextLong(1L << 50) >> random.nextInt(30)));
            prices.with(
                    id,
                    switch (random.nextInt(10)) {
                        case 0 -> new PriceState.Missing();
                        case 1 -> new PriceState.Stale(price, price, 1);
                        default -> new PriceState.Fresh(price, price, 1);
                    });
        }
        return prices;
    }

    private static AccountCommand randomAction(SplittableRandom random) {
        AccountId account = anyAccount(random);
        AssetId asset = random.nextInt(4) == 0 ? BTC : USD;
        Money amount = new Money(1 + (random.nextLong(1L << 60) >> random.nextInt(60)));
        InstrumentId instrument = random.nextBoolean() ? BTC_PERP : ETH_PERP;
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new AccountCommand.Deposit(account, asset, amount);
            case 3 -> new AccountCommand.Withdrawal(account, asset, amount);
            case 4 -> new AccountCommand.Transfer(account, anyAccount(random), asset, amount);
            case 5 ->
                    new AccountCommand.InsuranceSettlement(
                            account,
                            USD,
                            random.nextBoolean() ? amount : amount.negate(),
                            Optional.empty());
            case 6 ->
                    new AccountCommand.LeverageChange(
                            account, instrument, Leverage.of(1 + random.nextInt(30)));
            default -> randomFill(random, account, instrument);
        };
    }

    private static AccountCommand randomFill(
            SplittableRandom random, AccountId account, InstrumentId instrument) {
        long lots = 1 + (random.nextLong(1L << 40) >> random.nextInt(40));
        Quantity size = new Quantity(lots * 1_000_000 * (random.nextBoolean() ? 1 : -1));
        long ticks = 1 + (random.nextLong(1L << 36) >> random.nextInt(36));
        return new AccountCommand.Fill(
                account,
                instrument,
                size,
                new Price(ticks * 10_000_000),
                new Money(random.nextLong(1L << 40) >> random.nextInt(60)),
                random.nextBoolean() ? FeeBeneficiary.VENUE : FeeBeneficiary.INSURANCE_FUND,
                random.nextInt(4) == 0,
                "t",
                Optional.empty());
    }

    private static AccountId anyAccount(SplittableRandom random) {
        List<String> names = new ArrayList<>(List.of("alice", "bob", "carol", "dave", "erin"));
        return new AccountId(names.get(random.nextInt(names.size())));
    }
}
