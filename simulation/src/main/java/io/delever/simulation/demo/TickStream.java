package io.delever.simulation.demo;

import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.contracts.price.v1.Tick;
import io.delever.contracts.price.v1.TickRejection;
import io.delever.simulation.market.SourceKey;
import io.delever.simulation.market.TickSeries;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends ticks to price-service and counts its answers. Few batches are under way at a time; where
 * the connection breaks, those without an answer are sent again over a new one, stamped anew. Used
 * by one thread.
 */
final class TickStream {
    private static final int IN_FLIGHT = 8;
    private static final Duration NO_ROOM = Duration.ofMillis(20);
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final ManagedChannel channel;
    private final ReplayClock clock;
    private final TickSeries ticks;
    private final Deque<Batch> unanswered = new ArrayDeque<>();
    private final Deque<Batch> refused = new ArrayDeque<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private Optional<Connection> connection = Optional.empty();
    private long accepted;
    private long batches;
    private int reconnects;

    /** Ticks from one place of the series to another, the latter excluded. */
    private record Batch(long id, List<Integer> places) {}

    TickStream(ManagedChannel channel, ReplayClock clock, TickSeries ticks) {
        this.channel = channel;
        this.clock = clock;
        this.ticks = ticks;
    }

    /** Sends ticks; waits while too many batches are under way or the service is away. */
    void send(List<Integer> places) throws InterruptedException {
        synchronized (this) {
            while (unanswered.size() >= IN_FLIGHT && isConnected()) {
                wait(200);
            }
        }
        while (!isConnected()) {
            connect();
        }
        sendRefused();
        Batch batch = new Batch(++batches, places);
        synchronized (this) {
            unanswered.add(batch);
        }
        connection.ifPresent(open -> open.send(batch));
    }

    /** What the service had no room for goes again, before anything newer. */
    private void sendRefused() throws InterruptedException {
        List<Batch> again;
        synchronized (this) {
            again = List.copyOf(refused);
            refused.clear();
        }
        if (again.isEmpty()) {
            return;
        }
        Thread.sleep(NO_ROOM);
        for (Batch batch : again) {
            synchronized (this) {
                unanswered.add(batch);
            }
            connection.ifPresent(open -> open.send(batch));
        }
    }

    /** Waits until every batch has its answer. */
    void drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (unansweredBatches() > 0 && System.nanoTime() < deadline) {
            if (isConnected()) {
                sendRefused();
                synchronized (this) {
                    wait(50);
                }
            } else {
                connect();
            }
        }
    }

    synchronized int unansweredBatches() {
        return unanswered.size() + refused.size();
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized SortedMap<String, Long> rejected() {
        return new TreeMap<>(rejected);
    }

    /** How often a new connection was needed. */
    synchronized int reconnects() {
        return Math.max(0, reconnects - 1);
    }

    synchronized void close() {
        connection.ifPresent(Connection::end);
    }

    private synchronized boolean isConnected() {
        return connection.filter(open -> !open.broken).isPresent();
    }

    private void connect() {
        if (connection.isPresent()) {
            LockSupport.parkNanos(RECONNECT.toNanos());
            channel.resetConnectBackoff();
        }
        Connection fresh = new Connection();
        Batch[] again;
        synchronized (this) {
            reconnects++;
            connection = Optional.of(fresh);
            again = unanswered.toArray(new Batch[0]);
        }
        for (Batch batch : again) {
            fresh.send(batch);
        }
    }

    private Tick tick(int place) {
        SourceKey source = ticks.sources().get(ticks.source(place));
        return Tick.newBuilder()
                .setVenueId(source.venue())
                .setMarket(source.market())
                .setPriceE8(ticks.priceE8(place))
                .setSizeE8(ticks.sizeE8(place))
                .setEventTimeNanos(clock.presentNanos())
                .build();
    }

    private synchronized void answered(IngestTicksResponse response) {
        Batch first = unanswered.peek();
        if (first == null || first.id() != response.getBatchId()) {
            return;
        }
        unanswered.remove();
        if (response.getRetryAfterNanos() > 0) {
            refused.add(first);
            notifyAll();
            return;
        }
        accepted += response.getAcceptedCount();
        for (TickRejection rejection : response.getRejectionsList()) {
            String reason =
                    rejection
                            .getReason()
                            .name()
                            .replace("TICK_REJECTION_REASON_", "")
                            .toLowerCase(Locale.ROOT);
            rejected.merge(reason, 1L, Long::sum);
        }
        notifyAll();
    }

    private final class Connection implements StreamObserver<IngestTicksResponse> {
        private final StreamObserver<IngestTicksRequest> out;
        private volatile boolean broken;

        Connection() {
            out = PriceIngestServiceGrpc.newStub(channel).ingestTicks(this);
        }

        void send(Batch batch) {
            IngestTicksRequest.Builder request =
                    IngestTicksRequest.newBuilder().setBatchId(batch.id());
            for (int place : batch.places()) {
                request.addTicks(tick(place));
            }
            try {
                out.onNext(request.build());
            } catch (IllegalStateException e) {
                broken();
            }
        }

        void end() {
            if (!broken) {
                out.onCompleted();
            }
        }

        private void broken() {
            synchronized (TickStream.this) {
                broken = true;
                TickStream.this.notifyAll();
            }
        }

        @Override
        public void onNext(IngestTicksResponse response) {
            answered(response);
        }

        @Override
        public void onError(Throwable why) {
            broken();
        }

        @Override
        public void onCompleted() {
            broken();
        }
    }
}
