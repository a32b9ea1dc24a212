package io.delever.price.grpc;

import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Runs one step after another for one stream, on a virtual thread, whenever it was woken. Nobody
 * else writes to the stream, and whoever wakes it never waits.
 */
final class StreamWorker {
    private static final Logger LOG = Logger.getLogger(StreamWorker.class);

    private final Semaphore signals = new Semaphore(0);
    private final Runnable step;
    private final Runnable onEnd;
    private volatile boolean stopped;

    /**
     * Starts asleep.
     *
     * @param step what to do when woken; a step that throws ends the stream
     * @param onEnd called once, at the end
     */
    StreamWorker(String name, Runnable step, Runnable onEnd) {
        this.step = step;
        this.onEnd = onEnd;
        Thread.ofVirtual().name(name).start(this::run);
    }

    void wake() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    void stop() {
        stopped = true;
        signals.release();
    }

    boolean isStopped() {
        return stopped;
    }

    private void run() {
        try {
            while (true) {
                signals.acquire();
                signals.drainPermits();
                if (stopped) {
                    return;
                }
                step.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The stream is broken, most often because its client is gone.
            LOG.debugf(e, "stream %s ended", Thread.currentThread().getName());
        } finally {
            stopped = true;
            onEnd.run();
        }
    }
}
