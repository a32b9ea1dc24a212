package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.sentiment.Score;
import io.delever.sentiment.core.SentimentLoop;
import io.delever.sentiment.core.SentimentSnapshot;
import io.delever.sentiment.core.SentimentSnapshot.Rated;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everybody who follows the scores (SSVC-007). A new snapshot wakes one thread that sends each
 * reader what changed since its last message; a reader that is not ready gets the newest once it
 * is.
 */
public final class ScoreStreams implements AutoCloseable {
    private final SentimentLoop loop;
    private final String epoch;
    private final int maximumReaders;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("score-streams").factory());

    /** Streams of the scores of {@code loop}; {@code epoch} names this run. */
    public ScoreStreams(SentimentLoop loop, String epoch, int maximumReaders) {
        this.loop = loop;
        this.epoch = epoch;
        this.maximumReaders = maximumReaders;
        loop.addListener(snapshot -> wake());
    }

    /** Readers now. */
    public int readerCount() {
        return readers.size();
    }

    /** Adds a reader of these instruments, or of all and the market where the set is empty. */
    void add(ServerCallStreamObserver<StreamScoresResponse> observer, Set<String> wanted) {
        if (readers.size() >= maximumReaders) {
            throw Failures.tooManyStreams(maximumReaders);
        }
        Reader reader = new Reader(observer, Set.copyOf(wanted));
        observer.setOnCancelHandler(() -> readers.remove(reader));
        observer.setOnReadyHandler(this::wake);
        readers.add(reader);
        wake();
    }

    @Override
    public void close() {
        executor.shutdown();
        for (Reader reader : readers) {
            reader.end();
        }
        readers.clear();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                executor.execute(this::sendAll);
            } catch (RejectedExecutionException e) {
                // Only close() stops the executor, and it ends every reader itself.
                woken.set(false);
            }
        }
    }

    private void sendAll() {
        woken.set(false);
        SentimentSnapshot snapshot = loop.snapshot();
        for (Reader reader : readers) {
            reader.send(snapshot);
        }
    }

    private final class Reader {
        private final ServerCallStreamObserver<StreamScoresResponse> observer;
        private final Set<String> wanted;
        private final Map<Optional<InstrumentId>, Score> sent = new HashMap<>();
        private long sequence = -1;

        Reader(ServerCallStreamObserver<StreamScoresResponse> observer, Set<String> wanted) {
            this.observer = observer;
            this.wanted = wanted;
        }

        synchronized void send(SentimentSnapshot snapshot) {
            if (observer.isCancelled() || !observer.isReady()) {
                return;
            }
            if (snapshot.sequence() <= sequence) {
                return;
            }
            List<Score> changed =
                    snapshot.all().stream().map(Rated::score).filter(this::isNews).toList();
            boolean first = sequence < 0;
            if (changed.isEmpty() && !first) {
                return;
            }
            StreamScoresResponse.Builder message =
                    StreamScoresResponse.newBuilder()
                            .setEpoch(epoch)
                            .setSequence(snapshot.sequence())
                            .setSnapshot(first);
            for (Score score : changed) {
                sent.put(score.instrument(), score);
                message.addScores(Messages.score(score));
            }
            sequence = snapshot.sequence();
            observer.onNext(message.build());
        }

        synchronized void end() {
            if (!observer.isCancelled()) {
                observer.onError(Failures.shuttingDown());
            }
        }

        private boolean isNews(Score score) {
            if (!wanted.isEmpty() && !wanted.contains(wantedName(score))) {
                return false;
            }
            Score before = sent.get(score.instrument());
            return before == null
                    || before.micros() != score.micros()
                    || !before.confidence().equals(score.confidence())
                    || !before.contributions().equals(score.contributions())
                    || !before.missing().equals(score.missing());
        }

        private String wantedName(Score score) {
            return score.instrument().map(InstrumentId::value).orElse("");
        }
    }
}
