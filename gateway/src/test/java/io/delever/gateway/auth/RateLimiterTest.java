package io.delever.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.testing.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Covers("GATE-065")
class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateLimiter limiter = new RateLimiter(10, 20);

    @Test
    void theBurstIsSpentAtOnceAndComesBackWithTime() {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.take("a", 5, 0)).isEmpty();
        }
        assertThat(limiter.take("a", 1, 0)).contains(Duration.ofMillis(100));
        assertThat(limiter.take("a", 5, 0)).contains(Duration.ofMillis(500));
        assertThat(limiter.take("a", 1, SECOND / 10 - 1)).contains(Duration.ofNanos(1));
        assertThat(limiter.take("a", 1, SECOND / 10)).isEmpty();
        assertThat(limiter.take("a", 1, SECOND / 10)).isPresent();
        assertThat(limiter.take("a", 20, 10 * SECOND)).isEmpty();
    }

    @Test
    void aRefusedCallCostsNothingAndClientsDoNotPayForEachOther() {
        assertThat(limiter.take("a", 20, 0)).isEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take("a", 1, 0)).contains(Duration.ofMillis(100));
        }
        assertThat(limiter.take("b", 20, 0)).isEmpty();
    }

    @Test
    void aCallThatCostsMoreThanTheBurstNeedsAFullBucket() {
        assertThat(limiter.take("a", 30, 0)).isEmpty();
        assertThat(limiter.take("a", 30, 3 * SECOND - 1)).contains(Duration.ofNanos(1));
        assertThat(limiter.take("a", 30, 3 * SECOND)).isEmpty();
    }

    @Test
    void ofManyClientsTheOldestAreForgotten() {
        assertThat(limiter.take("first", 20, 0)).isEmpty();
        for (int i = 0; i < 9_999; i++) {
            assertThat(limiter.take("client-" + i, 20, 0)).isEmpty();
        }
        assertThat(limiter.take("client-0", 1, 0)).isPresent();
        assertThat(limiter.take("one-more", 20, 0)).isEmpty();
        assertThat(limiter.take("first", 20, 0)).isEmpty();
    }

    @Test
    void limitsAreGreaterThanZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimiter(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimiter(1, 0));
    }
}
