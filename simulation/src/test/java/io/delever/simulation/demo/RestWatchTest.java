package io.delever.simulation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.simulation.demo.RestWatch.Sample;
import io.delever.simulation.demo.RestWatch.Verdict;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestWatchTest {
    private static final RestWatch.Limits LIMITS =
            new RestWatch.Limits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1_000));

    private final RestWatch watch = new RestWatch(LIMITS, 0);

    @Test
    @Covers("SIMU-076")
    void aRunRestsOnceNothingMovedForAWhileAndNothingIsOnItsWay() {
        assertThat(look(0, settled(100, 0))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(1.999, settled(100, 0))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(2, settled(100, 0))).isEqualTo(new Verdict.Rested());
    }

    @Test
    @Covers("SIMU-076")
    void anOpenCaseIsGivenLongerToActAgain() {
        assertThat(look(0, settled(100, 3))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(9.9, settled(100, 3))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(10, settled(100, 3))).isEqualTo(new Verdict.Rested());
    }

    @Test
    @Covers("SIMU-076")
    void everyKindOfMovementPutsRestOff() {
        assertThat(look(0, settled(100, 3))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(9, settled(101, 3))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(18, settled(101, 2))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(27, new Sample(101, 8, 0, 2, List.of())))
                .isInstanceOf(Verdict.Waiting.class);
        assertThat(look(36, new Sample(101, 8, 0, 2, List.of())))
                .isInstanceOf(Verdict.Waiting.class);
        assertThat(look(37, new Sample(101, 8, 0, 2, List.of()))).isEqualTo(new Verdict.Rested());
    }

    @Test
    @Covers("SIMU-077")
    void whateverIsNotSettledIsWaitedForAndNamed() {
        assertThat(look(0, new Sample(1_200, 7, 3, 830, List.of("B", "E", "S", "X", "USDC"))))
                .isEqualTo(
                        new Verdict.Waiting(
                                "830 open cases, 3 fills not booked, one side of trades missing in"
                                        + " B, E, S and 2 more, 1,200 commands booked"));
        assertThat(look(20, new Sample(1_200, 7, 3, 830, List.of("B"))))
                .isInstanceOf(Verdict.Waiting.class);
        assertThat(look(55, new Sample(1_200, 7, 3, 830, List.of("B"))))
                .isEqualTo(
                        new Verdict.Waiting(
                                "830 open cases, 3 fills not booked, one side of trades missing in"
                                        + " B, 1,200 commands booked, still for 35 s"));
    }

    @Test
    @Covers("SIMU-077")
    void waitingLastsAsLongAsSomethingMovesAndNoLongerThanTheBoundOfAll() {
        int second = 0;
        for (; second < 1_000; second += 50) {
            assertThat(look(second, half(second))).isInstanceOf(Verdict.Waiting.class);
        }
        assertThat(look(second, half(second)))
                .isEqualTo(
                        new Verdict.GaveUp(
                                "still moving after 1000 s: 1 open cases, one side of trades"
                                        + " missing in B, 1,000 commands booked"));
    }

    @Test
    @Covers("SIMU-077")
    void whatStandsStillUnsettledIsGivenUp() {
        assertThat(look(5, half(9))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(64.9, half(9))).isInstanceOf(Verdict.Waiting.class);
        assertThat(look(65, half(9)))
                .isEqualTo(
                        new Verdict.GaveUp(
                                "nothing moved for 60 s: 1 open cases, one side of trades missing"
                                        + " in B, 9 commands booked"));
    }

    private Verdict look(double second, Sample sample) {
        return watch.look(sample, Math.round(second * 1e9));
    }

    private static Sample settled(long commands, long openCases) {
        return new Sample(commands, 7, 0, openCases, List.of());
    }

    private static Sample half(long commands) {
        return new Sample(commands, 7, 0, 1, List.of("B"));
    }
}
