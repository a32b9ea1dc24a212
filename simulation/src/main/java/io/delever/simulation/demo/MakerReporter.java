package io.delever.simulation.demo;

import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.simulation.population.OpeningCommands;
import io.delever.simulation.stack.StackException;
import io.delever.simulation.venue.VenueFill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells margin-service the maker's side of every fill at the paper venue, exactly once: the command
 * id is the fill's, and a fill stays here until it was acknowledged.
 */
public final class MakerReporter implements AutoCloseable {
    private static final int MOST_AT_ONCE = 256;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final CommandSender sender;
    private final BlockingQueue<VenueFill> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicInteger reported = new AtomicInteger();
    private volatile String trouble = "";
    private final Thread thread;
    private volatile boolean closed;

    /** Reports through this sender, in a thread of its own. */
    public MakerReporter(CommandSender sender) {
        this.sender = sender;
        this.thread = Thread.ofPlatform().name("maker-reporter").daemon().start(this::run);
    }

    /** Takes fills; never blocks. */
    public void report(List<VenueFill> fills) {
        unacknowledged.addAndGet(fills.size());
        waiting.addAll(fills);
    }

    /** Fills that margin-service has not acknowledged yet. */
    public int unacknowledged() {
        return unacknowledged.get();
    }

    /** Fills acknowledged. */
    public int reported() {
        return reported.get();
    }

    /** What went wrong for good; empty where nothing did. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        List<VenueFill> batch = new ArrayList<>();
        while (!closed) {
            try {
                VenueFill first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.clear();
                batch.add(first);
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                send(batch);
                unacknowledged.addAndGet(-batch.size());
                reported.addAndGet(batch.size());
            } catch (InterruptedException e) {
                return;
            } catch (StackException e) {
                troubled(e.text());
                waiting.addAll(batch);
            }
        }
    }

    private void troubled(String what) {
        if (trouble.isEmpty()) {
            trouble = what;
        }
    }

    private void send(List<VenueFill> fills) {
        List<Command> commands = new ArrayList<>();
        for (VenueFill fill : fills) {
            commands.add(
                    ContractMapping.command(
                            new io.delever.engine.margin.Command(
                                    "maker:" + fill.fillId(),
                                    fill.eventTimeNanos(),
                                    OpeningCommands.makerFill(
                                            fill.maker(),
                                            fill.instrument(),
                                            fill.size().negate(),
                                            fill.price(),
                                            fill.fillId()))));
        }
        for (CommandReply refused : sender.send(commands, LIMIT)) {
            troubled(
                    "margin-service refused the maker's fill "
                            + refused.getCommandId()
                            + ": "
                            + refused.getRejected().getDetail());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
