package io.delever.price.grpc;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The calls that are open, so that a shutdown tells every client and loses none. */
@Singleton
class OpenStreams {
    private static final int BEFORE_THE_LOOP = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int LOOKS = 300;

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();

    /** Remembers how to end a stream when the service stops. */
    void add(Runnable ending) {
        endings.add(ending);
    }

    void remove(Runnable ending) {
        endings.remove(ending);
    }

    /** Runs a call that ends soon by itself on a thread of its own; a shutdown waits for it. */
    void run(String name, Runnable call) {
        running.incrementAndGet();
        Thread.ofVirtual()
                .name(name)
                .start(
                        () -> {
                            try {
                                call.run();
                            } finally {
                                running.decrementAndGet();
                            }
                        });
    }

    /** Ends every stream and gives each call the time to answer its client. */
    void onShutdown(@Observes @Priority(BEFORE_THE_LOOP) ShutdownEvent event) {
        endings.forEach(Runnable::run);
        for (int i = 0; i < LOOKS && isAnyOpen(); i++) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private boolean isAnyOpen() {
        return !endings.isEmpty() || running.get() > 0;
    }
}
