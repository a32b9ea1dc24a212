package io.delever.engine.sentiment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Words and how good or bad people find them (TEXT-001): −4 (bad) to 4 (good).
 *
 * @param valences by word, in lower case
 */
public record Lexicon(Map<String, Double> valences) {
    private static final double GREATEST = 4;
    private static final int MOST_WORDS = 200_000;

    /** Copies the map; refuses an empty one, too many words and a valence out of range. */
    public Lexicon {
        if (valences.isEmpty() || valences.size() > MOST_WORDS) {
            throw new IllegalArgumentException(
                    "a lexicon has 1 to " + MOST_WORDS + " words, got " + valences.size());
        }
        valences.forEach(
                (word, valence) -> {
                    if (!(Math.abs(valence) <= GREATEST)) {
                        throw new IllegalArgumentException(
                                "'" + word + "' is " + valence + ", must lie in -4 to 4");
                    }
                });
        valences = Map.copyOf(valences);
    }

    /**
     * Reads lines of word, tab, valence, and further fields that are not used: the form in which
     * lexicons with human ratings are published.
     */
    public static Lexicon parse(String text) {
        Map<String, Double> valences = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields.length >= 2) {
                valences.put(
                        fields[0].toLowerCase(java.util.Locale.ROOT),
                        Double.parseDouble(fields[1].strip()));
            }
        }
        return new Lexicon(valences);
    }

    /** The same with words of the market that general lexicons lack; those it has stay. */
    public Lexicon withMarketWords() {
        Map<String, Double> all = new HashMap<>(MarketWords.VALENCES);
        all.putAll(valences);
        return new Lexicon(all);
    }

    /** The valence of a word; empty where it is not known. */
    OptionalDouble valence(String word) {
        return Optional.ofNullable(valences.get(word))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }
}
