package io.delever.sentiment.core;

import io.delever.engine.sentiment.TextItem;
import io.delever.engine.sentiment.TextMood;
import io.delever.engine.sentiment.TextVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes texts one after the other and keeps what became of each (SSVC-030). A repeated id gets its
 * first verdict; one that could not be kept is not forgotten before it was.
 */
public final class TextDesk {
    private static final int REMEMBERED = 4_096;

    private final TextMood mood;
    private final TextStore store;
    private final Map<String, TextVerdict> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TextVerdict> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** A desk without texts. */
    public TextDesk(TextMood mood, TextStore store) {
        this.mood = mood;
        this.store = store;
    }

    /** Takes one text; durable when it returns. Asks the database. */
    public synchronized TextVerdict take(TextItem item) {
        Optional<TextVerdict> first = Optional.ofNullable(recent.get(item.id()));
        Optional<TextVerdict> kept = store.find(item.id()).map(TextStore.Kept::verdict);
        if (kept.isPresent()) {
            return kept.get();
        }
        TextVerdict verdict = first.orElseGet(() -> mood.take(item));
        recent.put(item.id(), verdict);
        store.keep(verdict);
        return verdict;
    }

    /** What texts say now, the market first. */
    public synchronized List<Mood> moods(long nowNanos) {
        List<Mood> moods = new ArrayList<>();
        for (String id : mood.about()) {
            mood.mood(id, nowNanos).ifPresent(value -> moods.add(new Mood(id, value)));
        }
        return moods;
    }

    /** Kept texts, newest first. Asks the database. */
    public List<TextStore.Kept> newest(long beforeSequence, int most) {
        return store.newest(beforeSequence, most);
    }

    /** What texts say of one instrument, or of the market under the empty id. */
    public record Mood(String instrument, double value) {}
}
