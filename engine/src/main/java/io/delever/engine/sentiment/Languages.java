package io.delever.engine.sentiment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells English from other languages by script and by the commonest words (TEXT-007). */
final class Languages {
    private static final double LATIN_SHARE = 0.9;
    private static final Set<String> ENGLISH =
            Set.of(
                    "the", "a", "an", "of", "to", "and", "in", "is", "it", "for", "on", "that",
                    "with", "as", "are", "be", "this", "at", "by", "from", "or", "was", "will",
                    "not", "but", "you", "i", "my", "we", "they", "have", "has", "if");
    private static final Map<String, Set<String>> OTHERS =
            Map.of(
                    "es",
                    Set.of(
                            "el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "por",
                            "con", "para", "es", "se", "del", "al"),
                    "de",
                    Set.of(
                            "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "auf",
                            "für", "von", "zu", "den", "dem", "im", "sich"),
                    "fr",
                    Set.of(
                            "le", "la", "les", "des", "et", "est", "un", "une", "du", "pour", "que",
                            "dans", "sur", "pas", "au", "ne", "de"),
                    "pt",
                    Set.of(
                            "o", "os", "as", "de", "que", "e", "em", "um", "uma", "para", "com",
                            "não", "do", "da", "no", "na", "é"));

    private Languages() {}

    static boolean isEnglish(List<List<String>> sentences) {
        long letters = 0;
        long latin = 0;
        int english = 0;
        for (List<String> sentence : sentences) {
            for (String word : sentence) {
                english += ENGLISH.contains(word) ? 1 : 0;
                letters += word.codePoints().filter(Character::isLetter).count();
                latin += word.codePoints().filter(c -> c >= 'a' && c <= 'z').count();
            }
        }
        if (letters == 0 || latin < LATIN_SHARE * letters) {
            return false;
        }
        for (Set<String> other : OTHERS.values()) {
            long hits = sentences.stream().flatMap(List::stream).filter(other::contains).count();
            if (hits > english) {
                return false;
            }
        }
        return true;
    }
}
