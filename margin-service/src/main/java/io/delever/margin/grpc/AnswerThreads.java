package io.delever.margin.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of the calls, apart from those of the shards.
 *
 * @param answers where answers to reads and risk events are sent from
 * @param timer ends reads whose time is over
 */
public record AnswerThreads(Executor answers, ScheduledExecutorService timer) {}
