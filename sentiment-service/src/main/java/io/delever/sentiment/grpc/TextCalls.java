package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.ListTextsRequest;
import io.delever.contracts.sentiment.v1.ListTextsResponse;
import io.delever.contracts.sentiment.v1.SubmitTextsRequest;
import io.delever.contracts.sentiment.v1.SubmitTextsResponse;
import io.delever.contracts.sentiment.v1.Text;
import io.delever.contracts.sentiment.v1.TextMood;
import io.delever.contracts.sentiment.v1.TextOutcome;
import io.delever.contracts.sentiment.v1.TextVerdict;
import io.delever.engine.sentiment.ScoreConverter;
import io.delever.engine.sentiment.TextItem;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.TextDesk;
import io.delever.sentiment.core.TextStore.Kept;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes texts and tells what became of them (SSVC-030, SSVC-031). */
@Singleton
class TextCalls {
    private static final int MOST_TEXTS = 100;
    private static final int DEFAULT_PAGE = 100;
    private static final int GREATEST_PAGE = 1_000;

    private final TextDesk desk;
    private final InstantSource clock;

    @Inject
    TextCalls(TextDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    SubmitTextsResponse submit(SubmitTextsRequest request) {
        int count = request.getTextsCount();
        if (count < 1 || count > MOST_TEXTS) {
            throw Failures.outOfRange("texts", count, MOST_TEXTS);
        }
        // All are read before the first is taken: a call with a malformed text changes nothing.
        List<TextItem> items = new ArrayList<>();
        request.getTextsList().forEach(text -> items.add(item(text)));
        SubmitTextsResponse.Builder message = SubmitTextsResponse.newBuilder();
        for (TextItem item : items) {
            message.addVerdicts(verdict(available(() -> desk.take(item))));
        }
        return message.build();
    }

    ListTextsResponse list(ListTextsRequest request) {
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
        if (size < 1 || size > GREATEST_PAGE) {
            throw Failures.outOfRange("page_size", request.getPageSize(), GREATEST_PAGE);
        }
        long before = RiskCalls.before(request.getPageToken());
        List<Kept> kept = available(() -> desk.newest(before, size));
        ListTextsResponse.Builder message = ListTextsResponse.newBuilder();
        for (TextDesk.Mood mood : desk.moods(Nanos.now(clock))) {
            message.addMoods(
                    TextMood.newBuilder()
                            .setInstrumentId(mood.instrument())
                            .setMoodMicros(ScoreConverter.micros(mood.value())));
        }
        kept.forEach(one -> message.addVerdicts(verdict(one.verdict())));
        if (kept.size() == size) {
            message.setNextPageToken(Long.toString(kept.getLast().sequence()));
        }
        return message.build();
    }

    private static TextItem item(Text text) {
        try {
            return new TextItem(
                    text.getTextId(),
                    text.getSource(),
                    text.getEventTimeNanos(),
                    text.getText(),
                    text.getInstrumentIdsList());
        } catch (IllegalArgumentException e) {
            throw Failures.malformedText(text.getTextId(), String.valueOf(e.getMessage()));
        }
    }

    private static TextVerdict verdict(io.delever.engine.sentiment.TextVerdict verdict) {
        TextVerdict.Builder message =
                TextVerdict.newBuilder()
                        .setTextId(verdict.item().id())
                        .setSource(verdict.item().source())
                        .setEventTimeNanos(verdict.item().eventTimeNanos())
                        .setOutcome(outcome(verdict.outcome()))
                        .setWeightMicros((long) StrictMath.rint(verdict.weight() * 1e6))
                        .addAllInstrumentIds(verdict.instruments());
        verdict.score().ifPresent(s -> message.setScoreMicros(ScoreConverter.micros(s)));
        return message.build();
    }

    private static TextOutcome outcome(io.delever.engine.sentiment.TextVerdict.Outcome outcome) {
        return switch (outcome) {
            case COUNTED -> TextOutcome.TEXT_OUTCOME_COUNTED;
            case NO_OPINION -> TextOutcome.TEXT_OUTCOME_NO_OPINION;
            case DUPLICATE -> TextOutcome.TEXT_OUTCOME_DUPLICATE;
            case OTHER_LANGUAGE -> TextOutcome.TEXT_OUTCOME_OTHER_LANGUAGE;
            case BURST -> TextOutcome.TEXT_OUTCOME_BURST;
            case TOO_OLD -> TextOutcome.TEXT_OUTCOME_TOO_OLD;
        };
    }

    private static <T> T available(Supplier<T> call) {
        try {
            return call.get();
        } catch (PersistenceException e) {
            throw Failures.databaseAway();
        }
    }
}
