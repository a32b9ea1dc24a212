package io.delever.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class SeedsTest {
    private String given;

    @BeforeEach
    void forgetTheGivenSeed() {
        given = System.getProperty(Seeds.PROPERTY, "");
        System.clearProperty(Seeds.PROPERTY);
    }

    @AfterEach
    void restoreTheGivenSeed() {
        System.setProperty(Seeds.PROPERTY, given);
    }

    @Test
    @Covers("HOUS-020")
    void fixedSeedsAndOneFreshOneThatStaysForTheRun() {
        assertThat(Seeds.all()).hasSize(4).startsWith(1L, 20_251_010L).doesNotHaveDuplicates();
        assertThat(Seeds.all().boxed().toList()).isEqualTo(Seeds.all().boxed().toList());
    }

    @Test
    @Covers("HOUS-020")
    void aGivenSeedReplacesAllOthers() {
        System.setProperty(Seeds.PROPERTY, " -42 ");
        assertThat(Seeds.all()).containsExactly(-42L);
    }

    @Test
    @Covers("HOUS-021")
    void aFailurePrintsItsSeedAndTheCommandThatRerunsIt() {
        System.setProperty(Seeds.PROPERTY, "7");
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(FailsForSevenCase.class))
                        .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        List<String> messages = new ArrayList<>();
        summary.getSummary()
                .getFailures()
                .forEach(f -> messages.add(f.getException().getMessage()));
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("seed 7: seven is not lucky")
                .endsWith(
                        "run it again: ./mvnw -pl testing -am test"
                                + " -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dtest=FailsForSevenCase#property -Ddelever.seed=7");
    }

    /** Run by the test above only; its name keeps it out of the build. */
    static final class FailsForSevenCase {
        @SeededTest
        void property(long seed) {
            assertThat(seed).withFailMessage("seven is not lucky").isNotEqualTo(7);
        }
    }

    @Test
    @Covers("HOUS-022")
    void awaitReturnsAsSoonAsTheConditionHolds() {
        AtomicInteger calls = new AtomicInteger();
        Await.until(
                "the third call",
                Duration.ofSeconds(30),
                () -> {
                    int call = calls.incrementAndGet();
                    if (call == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return call == 3;
                });
        assertThat(calls).hasValue(3);
    }

    @Test
    @Covers("HOUS-022")
    void awaitSaysWhatDidNotHappen() {
        assertThatThrownBy(() -> Await.until("rain", Duration.ofMillis(1), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within PT0.001S: rain");
    }
}
