package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.engine.sentiment.Observation.AccountsAtRisk;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.engine.sentiment.Observation.HoldersCounted;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.engine.sentiment.Observation.PriceLost;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.engine.sentiment.SentimentParameters.Scales;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Observations in, scores out. One writer. Taking an observation is O(1); a score of the market is
 * linear in the instruments. The same observations in the same order give the same scores, bit for
 * bit (SENT-003).
 */
public final class SentimentState {
    private static final long PPM = FixedPoint.ONE_PPM;

    private final SentimentParameters parameters;
    private final int maximumInstruments;
    private final TreeMap<InstrumentId, InstrumentSignals> instruments = new TreeMap<>();
    private final EnumMap<Feed, Link> links = new EnumMap<>(Feed.class);
    private Optional<AccountsAtRisk> accounts = Optional.empty();

    /**
     * @param parameters weights, scales, windows and levels
     * @param maximumInstruments observations of further instruments are refused
     */
    public SentimentState(SentimentParameters parameters, int maximumInstruments) {
        this.parameters = parameters;
        this.maximumInstruments = maximumInstruments;
        for (Feed feed : Feed.values()) {
            links.put(feed, new Link(false, false, 0));
        }
    }

    /**
     * Takes one observation.
     *
     * @return false where it was of an instrument beyond the limit and was left out
     */
    public boolean accept(Observation observation) {
        return switch (observation) {
            case PriceObserved observed -> with(observed.instrument(), i -> i.accept(observed));
            case PriceLost lost -> with(lost.instrument(), InstrumentSignals::losePrice);
            case HoldersCounted counted -> with(counted.instrument(), i -> i.accept(counted));
            case PositionClosedByForce closed -> with(closed.instrument(), i -> i.accept(closed));
            case AccountsAtRisk atRisk -> {
                accounts = Optional.of(atRisk);
                yield true;
            }
            case FeedChanged changed -> {
                Link before = link(changed.feed());
                boolean seen = before.everUp() || changed.up();
                links.put(changed.feed(), new Link(changed.up(), seen, changed.eventTimeNanos()));
                yield true;
            }
        };
    }

    /** Every instrument of which anything was heard, by id. */
    public List<InstrumentId> instruments() {
        return List.copyOf(instruments.keySet());
    }

    /** The score of one instrument; empty where nothing was ever heard of it. */
    public Optional<Score> score(InstrumentId instrument, long nowNanos) {
        InstrumentSignals signals = instruments.get(instrument);
        if (signals == null) {
            return Optional.empty();
        }
        return Optional.of(score(Optional.of(instrument), List.of(signals), nowNanos));
    }

    /** The score of the whole market. */
    public Score marketScore(long nowNanos) {
        return score(Optional.empty(), List.copyOf(instruments.values()), nowNanos);
    }

    private boolean with(InstrumentId instrument, Consumer<InstrumentSignals> action) {
        InstrumentSignals signals = instruments.get(instrument);
        if (signals == null) {
            if (instruments.size() >= maximumInstruments) {
                return false;
            }
            signals = new InstrumentSignals(parameters.windows());
            instruments.put(instrument, signals);
        }
        action.accept(signals);
        return true;
    }

    private Score score(Optional<InstrumentId> id, List<InstrumentSignals> of, long nowNanos) {
        List<Reading> readings = new ArrayList<>();
        List<Signal> missing = new ArrayList<>();
        long present = 0;
        long total = 0;
        for (Signal signal : Signal.values()) {
            if (signal.isMarketOnly() && id.isPresent()) {
                continue;
            }
            long weight = parameters.weightOf(signal);
            total += weight;
            Optional<Reading> reading = read(signal, of, nowNanos);
            if (reading.isPresent()) {
                readings.add(reading.get());
                present += weight;
            } else {
                missing.add(signal);
            }
        }
        List<Contribution> contributions = new ArrayList<>();
        long micros = Score.NEUTRAL_MICROS;
        for (Reading reading : readings) {
            long added = contribution(reading, present);
            micros += added;
            contributions.add(new Contribution(reading.signal(), reading.value(), added));
        }
        Rate confidence = new Rate(FixedPoint.mulDiv(present, PPM, total, Rounding.FLOOR));
        SentimentLevel level = parameters.levels().of(micros);
        return new Score(id, micros, level, confidence, contributions, missing, nowNanos);
    }

    /**
     * 50 points × bounded × weight / weight present, toward zero: no sum of them can leave -50 to
     * 50 (SENT-002).
     */
    private long contribution(Reading reading, long present) {
        long points = ScoreConverter.micros(reading.bounded()) * 50;
        return FixedPoint.mulDiv(
                points, parameters.weightOf(reading.signal()), present, Rounding.DOWN);
    }

    private Optional<Reading> read(Signal signal, List<InstrumentSignals> of, long nowNanos) {
        Scales scales = parameters.scales();
        return switch (signal) {
            case VOLATILITY ->
                    mean(of, InstrumentSignals::hasVolatility, InstrumentSignals::volatilityPerYear)
                            .filter(v -> usable(Feed.PRICES, nowNanos))
                            .map(v -> reading(signal, v, calm(v, scales.volatility())));
            case DRAWDOWN ->
                    mean(of, InstrumentSignals::hasDrawdown, InstrumentSignals::drawdown)
                            .filter(v -> usable(Feed.PRICES, nowNanos))
                            .map(v -> reading(signal, v, calm(v, scales.drawdown())));
            case FUNDING ->
                    mean(of, InstrumentSignals::hasPremium, InstrumentSignals::premium)
                            .filter(v -> usable(Feed.PRICES, nowNanos))
                            .map(
                                    v ->
                                            reading(
                                                    signal,
                                                    v,
                                                    halfWay(v, Math.abs(v), scales.premium())));
            case SKEW -> skew(of, nowNanos);
            case LIQUIDATIONS -> liquidations(of, nowNanos);
            case MARGIN_CALLS -> marginCalls(nowNanos);
        };
    }

    private Optional<Reading> skew(List<InstrumentSignals> of, long nowNanos) {
        if (!usable(Feed.ACCOUNTS, nowNanos)) {
            return Optional.empty();
        }
        double longs = 0;
        double shorts = 0;
        for (InstrumentSignals instrument : of) {
            if (instrument.hasHolders(nowNanos)) {
                longs += instrument.longHolders();
                shorts += instrument.shortHolders();
            }
        }
        if (longs + shorts == 0) {
            return Optional.empty();
        }
        double skew = (longs - shorts) / (longs + shorts);
        return Optional.of(reading(Signal.SKEW, skew, skew));
    }

    private Optional<Reading> liquidations(List<InstrumentSignals> of, long nowNanos) {
        if (!usable(Feed.CASES, nowNanos)) {
            return Optional.empty();
        }
        double longs = 0;
        double shorts = 0;
        for (InstrumentSignals instrument : of) {
            longs += instrument.longsClosedPerHour(nowNanos);
            shorts += instrument.shortsClosedPerHour(nowNanos);
        }
        double net = longs - shorts;
        double scale = parameters.scales().liquidationsPerHour() * Math.max(1, of.size());
        return Optional.of(reading(Signal.LIQUIDATIONS, net, -halfWay(net, longs + shorts, scale)));
    }

    private Optional<Reading> marginCalls(long nowNanos) {
        if (!usable(Feed.ACCOUNTS, nowNanos)) {
            return Optional.empty();
        }
        return accounts.filter(a -> a.accounts() > 0)
                .filter(a -> nowNanos - a.eventTimeNanos() <= parameters.windows().countFresh())
                .map(a -> Math.min(1d, (double) a.atRisk() / a.accounts()))
                .map(
                        share ->
                                reading(
                                        Signal.MARGIN_CALLS,
                                        share,
                                        -halfWay(share, share, parameters.scales().atRisk())));
    }

    /**
     * Up, or down for no longer than the grace; a feed that never came up is not usable (SENT-006).
     */
    private boolean usable(Feed feed, long nowNanos) {
        Link link = link(feed);
        return link.up()
                || (link.everUp()
                        && nowNanos - link.sinceNanos() <= parameters.windows().feedGrace());
    }

    private Link link(Feed feed) {
        Link link = links.get(feed);
        if (link == null) {
            throw new IllegalStateException("no link for " + feed);
        }
        return link;
    }

    private static Optional<Double> mean(
            List<InstrumentSignals> of,
            Predicate<InstrumentSignals> has,
            ToDoubleFunction<InstrumentSignals> value) {
        double sum = 0;
        long count = 0;
        for (InstrumentSignals instrument : of) {
            if (has.test(instrument)) {
                sum += value.applyAsDouble(instrument);
                count++;
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(sum / count);
    }

    /** (neutral - v) / (neutral + v): 1 at 0, 0 at neutral, toward -1 beyond; v >= 0. */
    private static double calm(double value, double neutral) {
        return (neutral - value) / (neutral + value);
    }

    /** v / (size + scale): 0 at 0, half way at the scale, within -1 and 1; |v| <= size. */
    private static double halfWay(double value, double size, double scale) {
        return value / (size + scale);
    }

    private static Reading reading(Signal signal, double value, double bounded) {
        return new Reading(signal, value, bounded);
    }

    private record Reading(Signal signal, double value, double bounded) {}

    private record Link(boolean up, boolean everUp, long sinceNanos) {}
}
