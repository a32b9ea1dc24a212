package io.delever.price.grpc;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that are open, so that a shutdown tells every client and loses none. */
@Singleton
class OpenStreams {
    private static final int BEFORE_THE_LOOP = 1_000;

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();

    /** Remembers how to end a stream when the service stops. */
    void add(Runnable ending) {
        endings.add(ending);
    }

    void remove(Runnable ending) {
        endings.remove(ending);
    }

    void onShutdown(@Observes @Priority(BEFORE_THE_LOOP) ShutdownEvent event) {
        endings.forEach(Runnable::run);
    }
}
