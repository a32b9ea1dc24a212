package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.stale;
import static io.delever.engine.margin.Ledgers.deposit;
import static io.delever.engine.margin.Ledgers.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The screened monitor against valuing everybody. */
class RiskBandsTest {
    private static final int ACCOUNTS = 60;
    private static final int BATCHES = 400;

    private final Ledgers at = new Ledgers();
    private final RiskMonitor monitor = new RiskMonitor(at.ledger);
    private long btcE8 = 60_000_00000000L;
    private long ethE8 = 3_000_00000000L;

    @SeededTest
    @Covers("MARG-033")
    void afterEveryBatchEveryStateIsTheOneThatValuingEverybodyGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        at.prices = priced(random);
        for (int i = 0; i < ACCOUNTS; i++) {
            open("a" + i, random);
        }
        monitor.everything(at.prices, 0);
        Set<RiskState> seen = EnumSet.noneOf(RiskState.class);
        for (int batch = 1; batch <= BATCHES; batch++) {
            at.prices = priced(random);
            monitor.pricesChanged(List.of(BTC_PERP, ETH_PERP), at.prices, batch);
            if (random.nextInt(5) == 0) {
                String account = "a" + random.nextInt(ACCOUNTS);
                Decision decision =
                        at.send("more" + batch, deposit(account, 1 + random.nextInt(300) + ""));
                monitor.applied(decision, at.prices);
            }
            for (AccountView account : at.ledger.accounts()) {
                RiskState exact =
                        MarginCalculator.stateOf(
                                account, at.ledger.marketAt(at.prices), Fixtures.PARAMETERS);
                seen.add(exact);
                assertThat(monitor.stateOf(account.id()))
                        .as("batch %d, account %s at %d and %d", batch, account.id(), btcE8, ethE8)
                        .isEqualTo(exact);
            }
        }
        assertThat(seen).as("states on the way").hasSizeGreaterThanOrEqualTo(4);
    }

    private void open(String account, SplittableRandom random) {
        at.accept(deposit(account, 2_000 + random.nextInt(4_000) + ""));
        if (random.nextInt(3) == 0) {
            at.accept(deposit(account, BTC, "0.0" + (1 + random.nextInt(9))));
        }
        if (random.nextInt(4) > 0) {
            String sign = random.nextInt(3) == 0 ? "-" : "";
            at.accept(fill(account, BTC_PERP, sign + "0." + (1 + random.nextInt(9)), "60000"));
        }
        if (random.nextInt(3) == 0) {
            String sign = random.nextInt(3) == 0 ? "-" : "";
            at.accept(fill(account, ETH_PERP, sign + (1 + random.nextInt(9)), "3000"));
        }
    }

    /**
     * Mostly small steps, so that most accounts are left out; sometimes a jump, sometimes no price.
     */
    private Fixtures.Prices priced(SplittableRandom random) {
        btcE8 = moved(btcE8, random);
        ethE8 = moved(ethE8, random);
        Fixtures.Prices prices = new Fixtures.Prices();
        prices.with(BTC_PERP, state(btcE8, random));
        prices.with(ETH_PERP, state(ethE8, random));
        return prices;
    }

    private static long moved(long priceE8, SplittableRandom random) {
        long widest = random.nextInt(25) == 0 ? 50_000 : 2_000;
        long step = random.nextLong(-widest, widest + 1);
        return Math.max(1_000_000, priceE8 + priceE8 / 1_000_000 * step);
    }

    private static PriceState state(long priceE8, SplittableRandom random) {
        Price mark = new Price(priceE8 + random.nextLong(priceE8 / 2_000));
        return random.nextInt(40) == 0
                ? stale("1")
                : new PriceState.Fresh(new Price(priceE8), mark, 1);
    }
}
