package io.delever.engine.sentiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Scores a text, sentence by sentence, by the valences of its words (TEXT-003 to TEXT-006). The
 * damping of a sentence, s ÷ √(s² + 15), and the factor of a negation, −0.74, are those of C. Hutto
 * and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
 * Text" (ICWSM 2014). Linear in the length of the text.
 */
public final class TextScorer {
    /** Longer texts are refused. */
    public static final int MAXIMUM_LENGTH = 20_000;

    private static final double DAMPING = 15;
    private static final double NEGATED = -0.74;
    private static final int REACH = 3;
    private static final double BEFORE_BUT = 0.5;
    private static final double AFTER_BUT = 1.5;
    private static final Set<String> NEGATIONS =
            Set.of(
                    "not",
                    "no",
                    "never",
                    "none",
                    "nobody",
                    "nothing",
                    "neither",
                    "nor",
                    "without",
                    "hardly",
                    "cannot",
                    "cant",
                    "dont",
                    "doesnt",
                    "didnt",
                    "isnt",
                    "wasnt",
                    "wont",
                    "wouldnt",
                    "shouldnt",
                    "couldnt",
                    "arent",
                    "aint");
    private static final Map<String, Double> DEGREES =
            Map.ofEntries(
                    Map.entry("very", 1.3),
                    Map.entry("really", 1.3),
                    Map.entry("extremely", 1.5),
                    Map.entry("so", 1.2),
                    Map.entry("totally", 1.3),
                    Map.entry("completely", 1.3),
                    Map.entry("absolutely", 1.4),
                    Map.entry("huge", 1.3),
                    Map.entry("massive", 1.3),
                    Map.entry("slightly", 0.6),
                    Map.entry("somewhat", 0.7),
                    Map.entry("barely", 0.5),
                    Map.entry("kinda", 0.7),
                    Map.entry("fairly", 0.9));

    private final Lexicon lexicon;

    /** Scores by this lexicon. */
    public TextScorer(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * The score of a text: the mean over its sentences that hold a known word.
     *
     * @return −1 (bad) to 1 (good); empty where no word is known
     * @throws IllegalArgumentException where the text is too long
     */
    public OptionalDouble score(String text) {
        double sum = 0;
        int rated = 0;
        for (List<String> sentence : sentences(text)) {
            OptionalDouble score = sentence(sentence);
            if (score.isPresent()) {
                sum += score.getAsDouble();
                rated++;
            }
        }
        return rated == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rated);
    }

    /** The plain lexicon: the sum of the valences of all words, the yardstick of the rules. */
    public double plain(String text) {
        double sum = 0;
        for (List<String> sentence : sentences(text)) {
            for (String word : sentence) {
                sum += lexicon.valence(word).orElse(0);
            }
        }
        return sum;
    }

    /** Words in lower case by sentence; words keep inner apostrophes and hyphens. */
    static List<List<String>> sentences(String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a text has at most " + MAXIMUM_LENGTH + " characters, got " + text.length());
        }
        List<List<String>> sentences = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT) + "\n";
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean inner = c == '\'' || c == '’' || c == '-';
            if (Character.isLetterOrDigit(c) || (inner && !word.isEmpty())) {
                word.append(c == '’' ? '\'' : c);
                continue;
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            boolean ends =
                    c == '!' || c == '?' || c == '\n' || (c == '.' && !insideNumber(lower, i));
            if (ends && !words.isEmpty()) {
                sentences.add(words);
                words = new ArrayList<>();
            }
        }
        return sentences;
    }

    private static boolean insideNumber(String text, int dot) {
        return dot + 1 < text.length() && Character.isLetterOrDigit(text.charAt(dot + 1));
    }

    private OptionalDouble sentence(List<String> words) {
        int but = words.lastIndexOf("but");
        double sum = 0;
        boolean known = false;
        for (int i = 0; i < words.size(); i++) {
            OptionalDouble valence = lexicon.valence(words.get(i));
            if (valence.isEmpty() || isNegation(words.get(i))) {
                continue;
            }
            known = true;
            double value = valence.getAsDouble() * surroundings(words, i);
            if (but >= 0) {
                value *= i < but ? BEFORE_BUT : AFTER_BUT;
            }
            sum += value;
        }
        return known
                ? OptionalDouble.of(sum / StrictMath.sqrt(sum * sum + DAMPING))
                : OptionalDouble.empty();
    }

    /** What the words before change: degrees just before it, negations up to three before it. */
    private static double surroundings(List<String> words, int at) {
        double factor = 1;
        for (int back = 1; back <= REACH && at - back >= 0; back++) {
            String word = words.get(at - back);
            if (isNegation(word)) {
                factor *= NEGATED;
            } else if (back == 1) {
                factor *= DEGREES.getOrDefault(word, 1d);
            }
        }
        return factor;
    }

    private static boolean isNegation(String word) {
        return NEGATIONS.contains(word) || word.endsWith("n't");
    }
}
