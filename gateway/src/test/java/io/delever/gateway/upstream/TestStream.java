package io.delever.gateway.upstream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The sending side of a stream: epoch, sequence, snapshot, resume. */
final class TestStream<V, P> {
    private final Framing<V, P> framing;
    private final Supplier<List<V>> snapshot;
    private final Set<StreamObserver<P>> readers = new LinkedHashSet<>();
    private final NavigableMap<Long, List<V>> sent = new TreeMap<>();
    private String epoch = "epoch-1";
    private long sequence;
    private int opened;
    private int resumed;

    /** Makes a message of the stream. */
    interface Framing<V, P> {
        P message(String epoch, long sequence, boolean snapshot, List<V> values);
    }

    TestStream(Framing<V, P> framing, Supplier<List<V>> snapshot) {
        this.framing = framing;
        this.snapshot = snapshot;
    }

    synchronized void open(String resumeEpoch, long after, StreamObserver<P> reader) {
        opened++;
        ((ServerCallStreamObserver<P>) reader).setOnCancelHandler(() -> remove(reader));
        boolean known =
                resumeEpoch.equals(epoch) && (after == sequence || sent.containsKey(after + 1));
        if (known) {
            resumed++;
            sent.tailMap(after + 1)
                    .forEach((at, values) -> reader.onNext(frame(at, false, values)));
        } else {
            reader.onNext(frame(sequence, true, snapshot.get()));
        }
        readers.add(reader);
    }

    private synchronized void remove(StreamObserver<P> reader) {
        readers.remove(reader);
    }

    synchronized void publish(List<V> values) {
        sequence++;
        sent.put(sequence, List.copyOf(values));
        if (sent.size() > 64) {
            sent.pollFirstEntry();
        }
        P message = frame(sequence, false, values);
        for (StreamObserver<P> reader : new ArrayList<>(readers)) {
            reader.onNext(message);
        }
    }

    /** A new run of the sender: sequences start again and nothing can be resumed. */
    synchronized void newEpoch(String name) {
        epoch = name;
        sequence = 0;
        sent.clear();
        readers.clear();
    }

    /** The sender died: nobody is connected any more. */
    synchronized void forgetReaders() {
        readers.clear();
    }

    synchronized long sequence() {
        return sequence;
    }

    synchronized int readerCount() {
        return readers.size();
    }

    synchronized int openedCount() {
        return opened;
    }

    synchronized int resumedCount() {
        return resumed;
    }

    private P frame(long at, boolean isSnapshot, List<V> values) {
        return framing.message(epoch, at, isSnapshot, values);
    }
}
