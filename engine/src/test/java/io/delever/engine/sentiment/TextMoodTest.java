package io.delever.engine.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.sentiment.TextMood.Limits;
import io.delever.engine.sentiment.TextMood.Rules;
import io.delever.engine.sentiment.TextVerdict.Outcome;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextMoodTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_700_000_000_000_000_000L;
    private static final Rules RULES =
            new Rules(
                    Map.of("Bitcoin", "BTC-PERP", "btc", "BTC-PERP", "ether", "ETH-PERP"),
                    Map.of("wire", 2d),
                    0.5,
                    Limits.published());
    private final TextMood mood =
            new TextMood(new TextScorer(Lexicon.parse("good\t2\nbad\t-2\nawful\t-3")), RULES);
    private int number;

    private TextVerdict say(String source, long minute, String text, String... instruments) {
        number++;
        return mood.take(
                new TextItem(
                        "t" + number, source, START + minute * MINUTE, text, List.of(instruments)));
    }

    @Test
    @Covers("TEXT-007")
    void otherLanguagesDoNotCount() {
        assertThat(say("wire", 0, "Bitcoin bad bad bad today").outcome())
                .isEqualTo(Outcome.COUNTED);
        assertThat(say("wire", 0, "Der Kurs ist bad und die Lage ist nicht good").outcome())
                .isEqualTo(Outcome.OTHER_LANGUAGE);
        assertThat(say("wire", 0, "El precio de la moneda es bad en el mercado").outcome())
                .isEqualTo(Outcome.OTHER_LANGUAGE);
        assertThat(say("wire", 0, "比特币 今天 下跌 bad").outcome()).isEqualTo(Outcome.OTHER_LANGUAGE);
        assertThat(say("wire", 0, "2024 100").outcome()).isEqualTo(Outcome.OTHER_LANGUAGE);
    }

    @Test
    @Covers("TEXT-008")
    void nearlyTheSameCountsOnce() {
        String text =
                "The price of bitcoin fell again this morning and traders say that the mood is bad"
                        + " across all of the larger exchanges in the region";
        assertThat(say("a", 0, text).outcome()).isEqualTo(Outcome.COUNTED);
        assertThat(say("b", 1, text.toUpperCase(java.util.Locale.ROOT) + "!!").outcome())
                .isEqualTo(Outcome.DUPLICATE);
        assertThat(say("b", 1, "Something quite different was good for ether today").outcome())
                .isEqualTo(Outcome.COUNTED);
    }

    @Test
    @Covers("TEXT-009")
    void namesLeadToInstrumentsAndUnknownOnesAreLeftOut() {
        assertThat(say("a", 0, "BTC and ether are good", "XRP-PERP", "ETH-PERP").instruments())
                .containsExactly("BTC-PERP", "ETH-PERP");
        assertThat(say("a", 0, "the whole market is bad").instruments()).isEmpty();
        assertThat(mood.about()).containsExactly("", "BTC-PERP", "ETH-PERP");
    }

    @Test
    @Covers("TEXT-010")
    void textsAreWeighedForgottenAndShrunk() {
        double good = 2 / Math.sqrt(19);
        assertThat(mood.mood(TextMood.MARKET, START)).isEmpty();
        say("wire", 0, "bitcoin is good");
        assertThat(mood.mood("BTC-PERP", START).orElseThrow())
                .isCloseTo(2 * good / 3, within(1e-12));
        assertThat(mood.mood("BTC-PERP", START + 120 * MINUTE).orElseThrow())
                .isCloseTo(good / 2, within(1e-9));
        say("somebody", 120, "it is bad for all of us now");
        assertThat(mood.mood(TextMood.MARKET, START + 120 * MINUTE).orElseThrow())
                .isCloseTo((good - 0.5 * good) / 2.5, within(1e-9));
        assertThat(say("late", 120 - 1_201, "an awful old story").outcome())
                .isEqualTo(Outcome.TOO_OLD);
        assertThatThrownBy(() -> new Rules(Map.of(), Map.of("x", -1d), 1, Limits.published()))
                .hasMessageContaining("0 to 10");
    }

    @Test
    @Covers("TEXT-011")
    void oneSourceCannotPushTheMood() {
        String[] words = {"alpha", "river", "stone", "cloud", "paper", "green", "house", "seven"};
        int counted = 0;
        for (int i = 0; i < 40; i++) {
            String text =
                    "an awful tale of %s and %s with %s%d"
                            .formatted(words[i % 8], words[(i / 8) % 8], words[(3 * i) % 8], i);
            Outcome outcome = say("loud", 0, text).outcome();
            assertThat(outcome).isIn(Outcome.COUNTED, Outcome.BURST, Outcome.DUPLICATE);
            counted += outcome == Outcome.COUNTED ? 1 : 0;
        }
        assertThat(counted).isEqualTo(10);
        assertThat(say("loud", 20, "it was a good afternoon for everybody here").outcome())
                .isEqualTo(Outcome.COUNTED);
        assertThatThrownBy(() -> new Limits(1, 0.5, 1)).hasMessageContaining("at least 1");
    }

    @Test
    @Covers("TEXT-012")
    void everyTextHasAVerdict() {
        TextVerdict counted = say("wire", 0, "bitcoin is good");
        assertThat(counted.weight()).isEqualTo(2);
        assertThat(counted.score().orElseThrow()).isPositive();
        TextVerdict none = say("wire", 0, "nothing to see in ether");
        assertThat(none.outcome()).isEqualTo(Outcome.NO_OPINION);
        assertThat(none.weight()).isZero();
        assertThat(none.instruments()).containsExactly("ETH-PERP");
        assertThatThrownBy(() -> say("", 0, "x")).hasMessageContaining("source");
        assertThatThrownBy(() -> say("a", 0, " ")).hasMessageContaining("1 to 20000");
    }
}
