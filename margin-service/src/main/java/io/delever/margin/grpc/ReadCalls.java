package io.delever.margin.grpc;

import io.delever.margin.core.ReadReply;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Unary reads: answered once, off the shard's thread, and never waited for beyond their deadline.
 */
final class ReadCalls {
    private final Failures failures;
    private final Duration longest;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    ReadCalls(Failures failures, Duration longest, AnswerThreads threads) {
        this.failures = failures;
        this.longest = longest;
        this.executor = threads.answers();
        this.timer = threads.timer();
    }

    /**
     * A reply that turns the value into the response; what the function throws becomes a status.
     */
    <T, R> ReadReply<T> reply(StreamObserver<R> response, Function<T, R> toResponse) {
        return new Call<>((ServerCallStreamObserver<R>) response, toResponse);
    }

    /** Ends a call before anything was read. */
    void fail(StreamObserver<?> response, RuntimeException failure) {
        response.onError(failures.of(failure));
    }

    private final class Call<T, R> implements ReadReply<T> {
        private final ServerCallStreamObserver<R> response;
        private final Function<T, R> toResponse;
        private final AtomicBoolean answered = new AtomicBoolean();
        private final Future<?> timeout;

        Call(ServerCallStreamObserver<R> response, Function<T, R> toResponse) {
            this.response = response;
            this.toResponse = toResponse;
            Deadline deadline = Context.current().getDeadline();
            long limit = longest.toNanos();
            long nanos =
                    deadline == null
                            ? limit
                            : Math.min(limit, deadline.timeRemaining(TimeUnit.NANOSECONDS));
            // The handler answers nothing but this error; whoever reads sees that the call is done.
            response.setOnCancelHandler(() -> answered.set(true));
            this.timeout = timer.schedule(this::expire, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void value(T value) {
            executor.execute(() -> answer(value));
        }

        @Override
        public void failed(RuntimeException failure) {
            if (answered.compareAndSet(false, true)) {
                timeout.cancel(false);
                response.onError(failures.of(failure));
            }
        }

        @Override
        public boolean isAbandoned() {
            return answered.get();
        }

        private void answer(T value) {
            R message;
            try {
                message = toResponse.apply(value);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            if (answered.compareAndSet(false, true)) {
                timeout.cancel(false);
                response.onNext(message);
                response.onCompleted();
            }
        }

        private void expire() {
            failed(failures.deadlineExceeded("the read was not answered in time"));
        }
    }
}
