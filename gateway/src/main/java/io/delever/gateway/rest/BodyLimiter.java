package io.delever.gateway.rest;

import io.delever.gateway.rest.problem.ProblemException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops reading a body of unstated length at the limit, so that it is never held in memory
 * (GATE-015).
 */
@Provider
public class BodyLimiter implements ReaderInterceptor {
    // Looked up at the first body: interceptors are made before the configuration of the run is
    // known.
    @Inject Instance<BodyLimit> limit;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Limited(context.getInputStream(), limit.get()));
        return context.proceed();
    }

    private static final class Limited extends FilterInputStream {
        private final BodyLimit limit;
        private long read;

        Limited(InputStream in, BodyLimit limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > limit.bytes()) {
                throw new ProblemException(limit.exceeded("more than " + limit.bytes()));
            }
        }
    }
}
