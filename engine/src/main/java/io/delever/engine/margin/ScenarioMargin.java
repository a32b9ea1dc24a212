package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Portfolio margin of a risk group by a grid of price shocks with tails and contingencies (MARG-090
 * to MARG-095; RULES §12). Amounts in whole units of account, everything exact; requirements are
 * rounded by whoever decides on them.
 */
public final class ScenarioMargin {
    private ScenarioMargin() {}

    /**
     * A move of the spot price.
     *
     * @param factor spot price after ÷ before; 0.82 is a fall by 18 %
     * @param damping share of the loss that counts: 1 within the grid, less in the tails
     */
    public record Shock(Ratio factor, Ratio damping) {
        /** A move that counts in full. */
        public static Shock full(Ratio factor) {
            return new Shock(factor, Ratio.ONE);
        }

        /** The relative move: −0.18 is a fall by 18 %. */
        public Ratio move() {
            return factor.minus(Ratio.ONE);
        }

        private Ratio profit(Ratio exposure) {
            return exposure.times(move()).times(damping);
        }
    }

    /**
     * Versioned parameters of a risk group; all are shares and at least 0.
     *
     * @param grid moves that count in full
     * @param tails moves beyond them, damped
     * @param maintenanceLoss share of the worst loss that maintenance margin keeps
     * @param initialLoss share of the worst loss that initial margin keeps
     * @param maintenancePerp contingency on a perpetual's spot notional, for both margins
     * @param initialPerp what initial margin adds to it
     * @param confidence what a doubtful price costs
     * @param peg what a stablecoin below its peg costs
     */
    public record Parameters(
            List<Shock> grid,
            List<Shock> tails,
            Ratio maintenanceLoss,
            Ratio initialLoss,
            Ratio maintenancePerp,
            Ratio initialPerp,
            Guard confidence,
            Guard peg) {
        /** Refuses an empty grid. */
        public Parameters {
            grid = List.copyOf(grid);
            tails = List.copyOf(tails);
            if (grid.isEmpty()) {
                throw new IllegalArgumentException("a scenario grid needs at least one move");
            }
        }
    }

    /**
     * What falls short of a threshold costs in proportion.
     *
     * @param threshold at and above it nothing is charged
     * @param factor charge for each unit
     */
    public record Guard(Ratio threshold, Ratio factor) {
        /** (threshold − value) × factor where the value is below, else 0. */
        Ratio shortfall(Ratio value) {
            return threshold.minus(value).max(Ratio.ZERO).times(factor);
        }
    }

    /**
     * Collateral of the group.
     *
     * @param value full value in the unit of account
     * @param confidence in its price, 0 to 1
     * @param moves whether it moves with the group's spot price and may hedge it
     * @param maintenanceHaircut for both margins
     * @param initialHaircut what initial margin adds to it
     */
    public record Collateral(
            Ratio value,
            Ratio confidence,
            boolean moves,
            Ratio maintenanceHaircut,
            Ratio initialHaircut) {}

    /**
     * A perpetual of the group.
     *
     * @param size signed
     * @param price its own price
     * @param confidence in its price, 0 to 1
     */
    public record Perpetual(Ratio size, Ratio price, Ratio confidence) {}

    /**
     * What is margined together.
     *
     * @param cash with unrealized profit and funding
     * @param spot the group's spot price
     * @param spotConfidence in the spot price, 0 to 1
     * @param stable price of the stablecoin in which cash is held
     * @param perpetuals positions
     * @param collateral the rest
     */
    public record Group(
            Ratio cash,
            Ratio spot,
            Ratio spotConfidence,
            Ratio stable,
            List<Perpetual> perpetuals,
            List<Collateral> collateral) {
        /** Copies the lists. */
        public Group {
            perpetuals = List.copyOf(perpetuals);
            collateral = List.copyOf(collateral);
        }

        private Ratio exposure() {
            Ratio sum = Ratio.ZERO;
            for (Perpetual one : perpetuals) {
                sum = sum.plus(one.size().times(one.price()));
            }
            for (Collateral one : collateral) {
                sum = one.moves() ? sum.plus(one.value()) : sum;
            }
            return sum;
        }

        private Ratio perpetualNotional() {
            return perpetuals.stream()
                    .map(one -> one.size().abs().times(spot))
                    .reduce(Ratio.ZERO, Ratio::plus);
        }
    }

    /**
     * What a group is worth and how much of that is free. A margin is what would be left: below 0
     * the group does not carry its risk.
     *
     * @param markToMarket cash and the full value of the collateral
     * @param worst profit of the worst move, at most 0 where the grid holds the unmoved price
     * @param worstShock that move
     * @param tail profit of the worst tail; empty without tails
     * @param initialLossFactor share of the worst loss that initial margin keeps, raised by the peg
     * @param maintenanceContingency of perpetuals, for both margins, at most 0
     * @param initialContingency of perpetuals, what initial margin adds, at most 0
     * @param oracleContingency of doubtful prices, at most 0
     * @param initialMargin what is free after initial margin
     * @param maintenanceMargin what is free after maintenance margin
     */
    public record Result(
            Ratio markToMarket,
            Ratio worst,
            Shock worstShock,
            Optional<Ratio> tail,
            Ratio initialLossFactor,
            Ratio maintenanceContingency,
            Ratio initialContingency,
            Ratio oracleContingency,
            Ratio initialMargin,
            Ratio maintenanceMargin) {}

    /** Profit of a signed notional at a move (MARG-090). */
    public static Ratio profit(Ratio notional, Shock shock) {
        return shock.profit(notional);
    }

    /**
     * What every position costs beyond its worst move: |notional| × rate (MARG-091).
     *
     * @param rate at least 0
     */
    public static Ratio contingency(Ratio notional, Ratio rate) {
        return notional.abs().times(rate);
    }

    /** The loss factor of initial margin while the stablecoin is below its peg (MARG-093). */
    public static Ratio initialLossFactor(Parameters parameters, Ratio stable) {
        return parameters.initialLoss().plus(parameters.peg().shortfall(stable));
    }

    /** Evaluates a group (MARG-090 to MARG-095). */
    public static Result evaluate(Group group, Parameters parameters) {
        Ratio exposure = group.exposure();
        List<Shock> all = new ArrayList<>(parameters.grid());
        all.addAll(parameters.tails());
        Shock worst = worst(all, exposure);
        Ratio loss = worst.profit(exposure).min(Ratio.ZERO);
        Optional<Ratio> tail =
                parameters.tails().isEmpty()
                        ? Optional.empty()
                        : Optional.of(worst(parameters.tails(), exposure).profit(exposure));
        Ratio notional = group.perpetualNotional();
        Ratio forMaintenance = contingency(notional, parameters.maintenancePerp()).negate();
        Ratio forInitial = contingency(notional, parameters.initialPerp()).negate();
        Ratio oracle = oracleContingency(group, parameters);
        Ratio factor = initialLossFactor(parameters, group.stable());
        Ratio full = group.cash();
        Ratio maintenanceCut = Ratio.ZERO;
        Ratio initialCut = Ratio.ZERO;
        for (Collateral one : group.collateral()) {
            full = full.plus(one.value());
            maintenanceCut = maintenanceCut.plus(one.value().times(one.maintenanceHaircut()));
            initialCut = initialCut.plus(one.value().times(one.initialHaircut()));
        }
        Ratio shared = full.minus(maintenanceCut).plus(forMaintenance);
        return new Result(
                full,
                worst.profit(exposure),
                worst,
                tail,
                factor,
                forMaintenance,
                forInitial,
                oracle,
                shared.plus(loss.times(factor)).minus(initialCut).plus(forInitial).plus(oracle),
                shared.plus(loss.times(parameters.maintenanceLoss())));
    }

    private static Shock worst(List<Shock> shocks, Ratio exposure) {
        Shock worst = shocks.getFirst();
        for (Shock shock : shocks) {
            if (shock.profit(exposure).compareTo(worst.profit(exposure)) < 0) {
                worst = shock;
            }
        }
        return worst;
    }

    /** (1 − confidence) × notional × factor where the confidence is below its threshold. */
    private static Ratio oracleContingency(Group group, Parameters parameters) {
        Ratio sum = Ratio.ZERO;
        for (Perpetual one : group.perpetuals()) {
            Ratio notional = one.size().abs().times(group.spot());
            sum =
                    sum.plus(
                            doubt(
                                    one.confidence().min(group.spotConfidence()),
                                    notional,
                                    parameters));
        }
        for (Collateral one : group.collateral()) {
            Ratio confidence = one.confidence().min(group.spotConfidence());
            sum = sum.plus(doubt(confidence, one.value(), parameters));
        }
        return sum.negate();
    }

    private static Ratio doubt(Ratio confidence, Ratio notional, Parameters parameters) {
        Guard guard = parameters.confidence();
        return confidence.compareTo(guard.threshold()) < 0
                ? Ratio.ONE.minus(confidence).times(notional).times(guard.factor())
                : Ratio.ZERO;
    }
}
