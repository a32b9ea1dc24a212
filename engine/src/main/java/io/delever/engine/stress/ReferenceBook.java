package io.delever.engine.stress;

import java.util.List;

/**
 * A book of leveraged positions that nobody recorded, built from what traded (STRS-050 to
 * STRS-053): what opens is half long and half short and has the leverages of a published mix; it is
 * closed by its owner with a half-life, or by force where the price reaches its level. Prices lie
 * on a grid of equal relative steps, so a trade costs O(leverages) and a move costs what it closes.
 */
public final class ReferenceBook {
    private static final double STEP = 0.0005;
    private static final int HALF = 6_000;
    private static final double LN_2 = 0.6931471805599453;
    private static final double SMALLEST_SCALE = 1e-100;

    private final Mix mix;
    private final double[] longs = new double[2 * HALF];
    private final double[] shorts = new double[2 * HALF];
    private final double first;
    private double scale = 1;
    private double open;
    private int highestLong = -1;
    private int lowestShort = 2 * HALF;
    private long timeNanos;

    /**
     * An empty book.
     *
     * @param price now, above 0; the book knows prices from a twentieth to twenty times of it
     */
    public ReferenceBook(Mix mix, double price, long timeNanos) {
        Numbers.requirePositive("price", price);
        this.mix = mix;
        this.first = StrictMath.log(price);
        this.timeNanos = timeNanos;
    }

    /**
     * Positions that are opened at a price.
     *
     * @param notional of the longs and of the shorts together, at least 0
     */
    public void open(double price, double notional) {
        Numbers.requirePositive("price", price);
        Numbers.requireNotNegative("notional", notional);
        for (Cohort cohort : mix.cohorts()) {
            double side = notional * cohort.share() / 2;
            double distance = 1 / cohort.leverage() - mix.maintenance();
            int below = place(price * (1 - distance));
            int above = place(price * (1 + distance));
            longs[below] += side / scale;
            shorts[above] += side / scale;
            open += 2 * side / scale;
            highestLong = Math.max(highestLong, below);
            lowestShort = Math.min(lowestShort, above);
        }
    }

    /** Lets time pass: owners close a share of everything. */
    public void elapse(long nowNanos) {
        if (nowNanos <= timeNanos) {
            return;
        }
        scale *= StrictMath.exp(-LN_2 * (nowNanos - timeNanos) / mix.halfLifeNanos());
        timeNanos = nowNanos;
        if (scale < SMALLEST_SCALE) {
            for (int i = 0; i < longs.length; i++) {
                longs[i] *= scale;
                shorts[i] *= scale;
            }
            open *= scale;
            scale = 1;
        }
    }

    /** What a price closes by force. */
    public Closed at(double price) {
        Numbers.requirePositive("price", price);
        int here = place(price);
        double long1 = 0;
        double short1 = 0;
        while (highestLong > here) {
            long1 += longs[highestLong];
            longs[highestLong--] = 0;
        }
        while (lowestShort < here) {
            short1 += shorts[lowestShort];
            shorts[lowestShort++] = 0;
        }
        open = Math.max(0, open - long1 - short1);
        return new Closed(long1 * scale, short1 * scale);
    }

    /** Notional of all open positions, at their entry prices. */
    public double openNotional() {
        return open * scale;
    }

    /**
     * Notional that would be closed by force by the time the price is at {@code to}, without what
     * that sets off: longs below the highest open level, shorts above the lowest.
     */
    public double fuel(double from, double to) {
        Numbers.requirePositive("price", from);
        Numbers.requirePositive("price", to);
        double sum = 0;
        int end = place(to);
        if (to < from) {
            for (int i = highestLong; i > end; i--) {
                sum += longs[i];
            }
        } else {
            for (int i = lowestShort; i < end; i++) {
                sum += shorts[i];
            }
        }
        return sum * scale;
    }

    private int place(double price) {
        double steps = StrictMath.floor((StrictMath.log(price) - first) / STEP);
        return (int) Math.clamp(steps + HALF, 0, 2 * HALF - 1);
    }

    /**
     * Which leverages are taken.
     *
     * @param cohorts their shares add up to 1
     * @param maintenance share of the notional at which a position is closed, at least 0
     * @param halfLifeNanos after which owners have closed half of what they had
     */
    public record Mix(List<Cohort> cohorts, double maintenance, long halfLifeNanos) {
        /** Refuses shares that do not add up and leverage that is closed at once. */
        public Mix {
            cohorts = List.copyOf(cohorts);
            Numbers.requireNotNegative("maintenance", maintenance);
            Numbers.requirePositive("half-life", (double) halfLifeNanos);
            double sum = 0;
            for (Cohort cohort : cohorts) {
                sum += cohort.share();
                Numbers.requirePositive(
                        "distance at leverage " + cohort.leverage(),
                        1 / cohort.leverage() - maintenance);
            }
            if (!(Math.abs(sum - 1) < 1e-9)) {
                throw new IllegalArgumentException("shares add up to " + sum + ", not 1");
            }
        }

        /** The mix of the spec (STRS-053). */
        public static Mix published() {
            return new Mix(
                    List.of(
                            new Cohort(3, 0.20),
                            new Cohort(5, 0.25),
                            new Cohort(10, 0.25),
                            new Cohort(20, 0.20),
                            new Cohort(50, 0.10)),
                    0.005,
                    24 * 3_600_000_000_000L);
        }
    }

    /**
     * One leverage.
     *
     * @param leverage notional ÷ margin, at least 1
     * @param share of what is opened, above 0
     */
    public record Cohort(double leverage, double share) {
        /** Refuses what is not a number or out of range. */
        public Cohort {
            Numbers.requirePositive("share", share);
            if (!(leverage >= 1) || !Double.isFinite(leverage)) {
                throw new IllegalArgumentException("leverage: " + leverage + ", limit 1");
            }
        }
    }

    /** Notional of longs and of shorts that were closed by force, at entry prices. */
    public record Closed(double longs, double shorts) {
        /** Both sides. */
        public double all() {
            return longs + shorts;
        }
    }
}
