package io.delever.engine.sentiment;

import io.delever.engine.sentiment.TextVerdict.Outcome;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What texts say of the market and of each instrument, with forgetting, source weights, and limits
 * so that one source cannot push it (TEXT-007 to TEXT-012). A text costs its length and a bounded
 * comparison with the newest texts. One writer; times may come a little out of order.
 */
public final class TextMood {
    /** The name of the whole market among the moods. */
    public static final String MARKET = "";

    private static final int REMEMBERED = 4_096;
    private static final int NEAR_BITS = 3;
    private static final int MOST_SOURCES = 10_000;

    private final TextScorer scorer;
    private final Rules rules;
    private final ArrayDeque<Long> prints = new ArrayDeque<>();
    private final Map<String, double[]> bursts =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
                    return size() > MOST_SOURCES;
                }
            };
    private final TreeMap<String, double[]> sums = new TreeMap<>();
    private long newestNanos;

    /** Nothing said yet. */
    public TextMood(TextScorer scorer, Rules rules) {
        this.scorer = scorer;
        this.rules = rules;
    }

    /** Takes a text and says what became of it. */
    public TextVerdict take(TextItem item) {
        List<List<String>> sentences = TextScorer.sentences(item.text());
        List<String> instruments = instruments(item, sentences);
        if (newestNanos - item.eventTimeNanos() > rules.oldestNanos()) {
            return not(item, Outcome.TOO_OLD, instruments);
        }
        if (!Languages.isEnglish(sentences)) {
            return not(item, Outcome.OTHER_LANGUAGE, instruments);
        }
        if (isNearlyKnown(sentences)) {
            return not(item, Outcome.DUPLICATE, instruments);
        }
        if (isBurst(item)) {
            return not(item, Outcome.BURST, instruments);
        }
        OptionalDouble score = scorer.score(item.text());
        if (score.isEmpty()) {
            return not(item, Outcome.NO_OPINION, instruments);
        }
        newestNanos = Math.max(newestNanos, item.eventTimeNanos());
        double weight = rules.weights().getOrDefault(item.source(), rules.otherWeight());
        add(MARKET, item, weight, score.getAsDouble());
        instruments.forEach(id -> add(id, item, weight, score.getAsDouble()));
        return new TextVerdict(item, Outcome.COUNTED, score, weight, instruments);
    }

    /**
     * Σ weight × score ÷ (Σ weight + 1), older texts forgotten: little evidence stays near 0.
     *
     * @param instrument or {@link #MARKET}
     * @return −1 to 1; empty where nothing was ever said
     */
    public OptionalDouble mood(String instrument, long nowNanos) {
        double[] sum = sums.get(instrument);
        if (sum == null) {
            return OptionalDouble.empty();
        }
        double kept = Decay.factor(Math.max(0, nowNanos - (long) sum[2]), rules.halfLifeNanos());
        return OptionalDouble.of(sum[0] * kept / (sum[1] * kept + 1));
    }

    /** What texts were about, the market first. */
    public List<String> about() {
        return List.copyOf(sums.keySet());
    }

    private static TextVerdict not(TextItem item, Outcome outcome, List<String> instruments) {
        return new TextVerdict(item, outcome, OptionalDouble.empty(), 0, instruments);
    }

    private void add(String id, TextItem item, double weight, double score) {
        double[] sum = sums.computeIfAbsent(id, key -> new double[] {0, 0, item.eventTimeNanos()});
        double time = item.eventTimeNanos();
        double kept = Decay.factor(Math.max(0, (long) (time - sum[2])), rules.halfLifeNanos());
        double late = Decay.factor(Math.max(0, (long) (sum[2] - time)), rules.halfLifeNanos());
        sum[0] = sum[0] * kept + weight * score * late;
        sum[1] = sum[1] * kept + weight * late;
        sum[2] = Math.max(sum[2], time);
    }

    private List<String> instruments(TextItem item, List<List<String>> sentences) {
        TreeSet<String> found = new TreeSet<>(item.instruments());
        for (List<String> sentence : sentences) {
            for (String word : sentence) {
                String id = rules.names().get(word);
                if (id != null) {
                    found.add(id);
                }
            }
        }
        found.retainAll(rules.known());
        return List.copyOf(found);
    }

    private boolean isBurst(TextItem item) {
        double[] burst = bursts.computeIfAbsent(item.source(), s -> new double[2]);
        double time = item.eventTimeNanos();
        double kept = Decay.factor(Math.max(0, (long) (time - burst[1])), rules.burstNanos());
        double count = burst[0] * kept + 1;
        if (count > rules.burst()) {
            return true;
        }
        burst[0] = count;
        burst[1] = Math.max(burst[1], time);
        return false;
    }

    /** Compares the fingerprint of words and pairs with the newest ones. */
    private boolean isNearlyKnown(List<List<String>> sentences) {
        int[] votes = new int[Long.SIZE];
        String before = "";
        for (List<String> sentence : sentences) {
            for (String word : sentence) {
                vote(votes, word);
                vote(votes, before + ' ' + word);
                before = word;
            }
        }
        long print = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            print |= votes[bit] > 0 ? 1L << bit : 0;
        }
        for (long known : prints) {
            if (Long.bitCount(known ^ print) <= NEAR_BITS) {
                return true;
            }
        }
        prints.addLast(print);
        if (prints.size() > REMEMBERED) {
            prints.removeFirst();
        }
        return false;
    }

    private static void vote(int[] votes, String token) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < token.length(); i++) {
            hash = (hash ^ token.charAt(i)) * 0x100000001b3L;
        }
        // The last multiplication leaves the low bits weak; one more mix spreads them.
        hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 29;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            votes[bit] += (hash >>> bit & 1) == 1 ? 1 : -1;
        }
    }

    /**
     * What counts how much.
     *
     * @param names word in lower case to instrument
     * @param weights of named sources
     * @param otherWeight of all others, at least 0
     * @param limits of time and number
     */
    public record Rules(
            Map<String, String> names,
            Map<String, Double> weights,
            double otherWeight,
            Limits limits) {
        /** Copies the maps; refuses a weight below 0. */
        public Rules {
            Map<String, String> lower = new HashMap<>();
            names.forEach((name, id) -> lower.put(name.toLowerCase(Locale.ROOT), id));
            names = Map.copyOf(lower);
            weights = Map.copyOf(weights);
            weights.forEach(Rules::requireWeight);
            requireWeight("other sources", otherWeight);
        }

        private static void requireWeight(String source, double weight) {
            if (!(weight >= 0) || !(weight <= 10)) {
                throw new IllegalArgumentException(
                        "the weight of " + source + " must lie in 0 to 10, got " + weight);
            }
        }

        long halfLifeNanos() {
            return limits.halfLifeNanos();
        }

        long oldestNanos() {
            return 10 * limits.halfLifeNanos();
        }

        double burst() {
            return limits.burst();
        }

        long burstNanos() {
            return limits.burstNanos();
        }

        java.util.Set<String> known() {
            return new TreeSet<>(names.values());
        }
    }

    /**
     * Limits.
     *
     * @param halfLifeNanos after which a text counts half, above 0
     * @param burst texts of one source that count at once, at least 1
     * @param burstNanos half-life of that count, above 0
     */
    public record Limits(long halfLifeNanos, double burst, long burstNanos) {
        private static final long MINUTE = 60_000_000_000L;

        /** Refuses what is out of range. */
        public Limits {
            if (halfLifeNanos < 1 || !(burst >= 1) || burstNanos < 1) {
                throw new IllegalArgumentException(
                        "half-lives must be above 0 and a burst at least 1, got "
                                + halfLifeNanos
                                + ", "
                                + burst
                                + ", "
                                + burstNanos);
            }
        }

        /** Two hours; ten texts of one source, half forgotten every ten minutes. */
        public static Limits published() {
            return new Limits(120 * MINUTE, 10, 10 * MINUTE);
        }
    }
}
