package io.delever.simulation.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.Asset;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.simulation.market.Gaussian;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.PopulationSpec;
import io.delever.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The accounts of a scenario at its start. Both sides of every trade are here, so the sizes of each
 * instrument add up to zero exactly.
 *
 * @param deposits what every account brings, traders first, then market makers
 * @param trades every opening trade
 * @param makers the market makers' accounts
 */
public record Population(
        List<OpeningDeposit> deposits, List<OpeningTrade> trades, List<AccountId> makers) {
    /** Copies the lists. */
    public Population {
        deposits = List.copyOf(deposits);
        trades = List.copyOf(trades);
        makers = List.copyOf(makers);
    }

    /**
     * Draws the population of a scenario; the same scenario, seed and prices give the same
     * population.
     *
     * @param scenario the scenario
     * @param opening opening price of each instrument
     */
    public static Population draw(Scenario scenario, SortedMap<InstrumentId, Price> opening) {
        return new Draw(scenario, opening).all();
    }

    /** The same population under other names. */
    public Population renamed(UnaryOperator<AccountId> name) {
        return new Population(
                deposits.stream()
                        .map(
                                one ->
                                        new OpeningDeposit(
                                                name.apply(one.account()),
                                                one.asset(),
                                                one.amount()))
                        .toList(),
                trades.stream()
                        .map(
                                one ->
                                        new OpeningTrade(
                                                one.tradeId(),
                                                name.apply(one.trader()),
                                                name.apply(one.maker()),
                                                one.instrument(),
                                                one.size(),
                                                one.price()))
                        .toList(),
                makers.stream().map(name).toList());
    }

    /** The account of the market maker with this number, from 1. */
    public static AccountId maker(int number) {
        return new AccountId("maker-" + number);
    }

    private static final class Draw {
        private static final long SALT = 0x0ACC_0417_5EED_1DEAL;
        private static final double PPM = 1e-6;
        private static final long CENT_E8 = 1_000_000L;

        private final Scenario scenario;
        private final PopulationSpec spec;
        private final SortedMap<InstrumentId, Price> opening;
        private final SplittableRandom random;
        private final Gaussian gaussian;
        private final List<OpeningDeposit> deposits = new ArrayList<>();
        private final List<OpeningTrade> trades = new ArrayList<>();
        private final List<AccountId> makers = new ArrayList<>();
        private final SortedMap<AccountId, Money> makerNotional = new TreeMap<>();

        Draw(Scenario scenario, SortedMap<InstrumentId, Price> opening) {
            this.scenario = scenario;
            this.spec = scenario.population();
            this.opening = opening;
            this.random = new SplittableRandom(scenario.seed() ^ SALT);
            this.gaussian = new Gaussian(random);
            for (int i = 1; i <= scenario.makers().accounts(); i++) {
                makers.add(maker(i));
                makerNotional.put(maker(i), Money.ZERO);
            }
        }

        Population all() {
            for (int i = 1; i <= spec.accounts(); i++) {
                account(new AccountId("trader-%06d".formatted(i)));
            }
            for (AccountId maker : makers) {
                Money notional = makerNotional.getOrDefault(maker, Money.ZERO);
                Money equity =
                        notional.times(scenario.makers().equityShare(), Rounding.CEILING)
                                .max(scenario.makers().equityMinimum());
                deposits.add(new OpeningDeposit(maker, scenario.unitOfAccount(), equity));
            }
            return new Population(deposits, trades, makers);
        }

        private void account(AccountId account) {
            Money equity = equity();
            Money adjusted = deposit(account, equity);
            long leveragePpm = leveragePpm();
            List<InstrumentSpec> chosen = choose(1 + random.nextInt(spec.maxPositions()));
            List<Wish> wishes = new ArrayList<>();
            for (InstrumentSpec one : chosen) {
                Money notional =
                        new Money(
                                FixedPoint.mulDiv(
                                        equity.e8(),
                                        leveragePpm / chosen.size(),
                                        FixedPoint.ONE_PPM,
                                        Rounding.FLOOR));
                wishes.add(wish(one, notional));
            }
            long scalePpm = scalePpm(wishes, adjusted);
            for (Wish wish : wishes) {
                open(account, wish, scalePpm);
            }
        }

        private Money equity() {
            double uniform = 1 - random.nextDouble();
            double power = StrictMath.pow(uniform, -1 / (spec.equityShapePpm() * PPM));
            double drawn = spec.equityMinimum().e8() * power;
            double cut = StrictMath.min(drawn, (double) spec.equityMaximum().e8());
            long cents = (long) StrictMath.floor(cut / CENT_E8);
            return new Money(Math.max(CENT_E8, cents * CENT_E8));
        }

        private long leveragePpm() {
            double drawn =
                    spec.leverageMedianPpm()
                            * StrictMath.exp(spec.leverageSigmaPpm() * PPM * gaussian.next());
            long ppm = (long) StrictMath.min(drawn, (double) spec.leverageMaximumPpm());
            return Math.max(ppm, spec.leverageMinimumPpm());
        }

        /** Pays in and returns the collateral after haircut. */
        private Money deposit(AccountId account, Money equity) {
            Money rest = equity;
            Money adjusted = Money.ZERO;
            for (PopulationSpec.CollateralSpec group : spec.collateral()) {
                if (random.nextInt((int) FixedPoint.ONE_PPM) >= group.accountShare().ppm()) {
                    continue;
                }
                Asset asset = scenario.asset(group.asset()).orElseThrow();
                Price price = price(asset.pricedBy().orElseThrow());
                Money worth = equity.times(group.equityShare(), Rounding.FLOOR).min(rest);
                long amount =
                        FixedPoint.mulDiv(
                                worth.e8(), FixedPoint.ONE_E8, price.e8(), Rounding.FLOOR);
                if (amount == 0) {
                    continue;
                }
                deposits.add(new OpeningDeposit(account, asset.id(), new Money(amount)));
                rest = rest.minus(worth);
                Rate kept = new Rate(FixedPoint.ONE_PPM - asset.haircut().ppm());
                adjusted = adjusted.plus(worth.times(kept, Rounding.FLOOR));
            }
            if (rest.isPositive()) {
                deposits.add(new OpeningDeposit(account, scenario.unitOfAccount(), rest));
            }
            return adjusted.plus(rest);
        }

        private List<InstrumentSpec> choose(int count) {
            List<InstrumentSpec> left = new ArrayList<>(scenario.instruments());
            List<InstrumentSpec> chosen = new ArrayList<>();
            while (chosen.size() < count) {
                int total = left.stream().mapToInt(InstrumentSpec::weight).sum();
                int ticket = random.nextInt(total);
                int place = 0;
                while (ticket >= left.get(place).weight()) {
                    ticket -= left.get(place).weight();
                    place++;
                }
                chosen.add(left.remove(place));
            }
            return chosen;
        }

        private Wish wish(InstrumentSpec one, Money notional) {
            boolean isLong = random.nextInt((int) FixedPoint.ONE_PPM) < spec.longShare().ppm();
            long spread = spec.entrySpread().ppm();
            long offset = spread == 0 ? 0 : random.nextLong(-spread, spread + 1);
            Price open = price(one.id());
            long tick = one.instrument().tickSize().e8();
            long away =
                    FixedPoint.mulDiv(
                            open.e8(),
                            FixedPoint.ONE_PPM + offset,
                            FixedPoint.ONE_PPM,
                            Rounding.HALF_EVEN);
            long entry = Math.max(tick, away / tick * tick);
            long size =
                    FixedPoint.mulDiv(notional.e8(), FixedPoint.ONE_E8, open.e8(), Rounding.FLOOR);
            return new Wish(one.instrument(), open, new Price(entry), size, isLong);
        }

        /**
         * What part of the wishes leaves initial margin within the stated use of adjusted equity.
         */
        private long scalePpm(List<Wish> wishes, Money adjusted) {
            Money needed = Money.ZERO;
            for (Wish wish : wishes) {
                Money loss = wish.openingLoss().times(spec.initialMarginUse(), Rounding.CEILING);
                needed = needed.plus(wish.initialMargin()).plus(loss);
            }
            Money admitted = adjusted.times(spec.initialMarginUse(), Rounding.FLOOR);
            if (needed.compareTo(admitted) <= 0) {
                return FixedPoint.ONE_PPM;
            }
            return FixedPoint.mulDiv(
                    admitted.e8(), FixedPoint.ONE_PPM, needed.e8(), Rounding.FLOOR);
        }

        private void open(AccountId account, Wish wish, long scalePpm) {
            long lot = wish.instrument.lotSize().e8();
            long scaled =
                    FixedPoint.mulDiv(wish.sizeE8, scalePpm, FixedPoint.ONE_PPM, Rounding.FLOOR);
            long whole = scaled / lot * lot;
            if (whole == 0) {
                return;
            }
            AccountId maker = makers.get(trades.size() % makers.size());
            Quantity size = new Quantity(wish.isLong ? whole : -whole);
            trades.add(
                    new OpeningTrade(
                            "open-%06d".formatted(trades.size() + 1),
                            account,
                            maker,
                            wish.instrument.id(),
                            size,
                            wish.entry));
            Money notional = wish.open.times(size.abs(), Rounding.CEILING);
            makerNotional.merge(maker, notional, Money::plus);
        }

        private Price price(InstrumentId id) {
            Price price = opening.get(id);
            if (price == null) {
                throw new IllegalStateException("no opening price of " + id.value());
            }
            return price;
        }
    }

    private record Wish(
            Instrument instrument, Price open, Price entry, long sizeE8, boolean isLong) {
        Money initialMargin() {
            return instrument
                    .tiers()
                    .initialMargin(open.times(new Quantity(sizeE8), Rounding.CEILING));
        }

        /** What the position has lost at the opening price, at least 0. */
        Money openingLoss() {
            Money atOpen = open.times(new Quantity(sizeE8), Rounding.CEILING);
            Money atEntry = entry.times(new Quantity(sizeE8), Rounding.CEILING);
            Money gain = isLong ? atOpen.minus(atEntry) : atEntry.minus(atOpen);
            return gain.negate().max(Money.ZERO);
        }
    }
}
