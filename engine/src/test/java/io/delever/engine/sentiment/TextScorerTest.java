package io.delever.engine.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.testing.Covers;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TextScorerTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private final TextScorer scorer =
            new TextScorer(Lexicon.parse("good\t2\t0.5\t[2]\nbad\t-3\nbull\t0.1\n"));

    @Test
    @Covers("TEXT-001")
    void aLexiconThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Lexicon.parse("")).hasMessageContaining("1 to 200000 words");
        assertThatThrownBy(() -> Lexicon.parse("awful\t-5")).hasMessageContaining("-4 to 4");
        assertThatThrownBy(() -> Lexicon.parse("odd\tNaN")).hasMessageContaining("-4 to 4");
        assertThat(Lexicon.parse("GOOD\t2").valence("good")).hasValue(2);
    }

    @Test
    @Covers("TEXT-002")
    void wordsOfTheMarketAddAndNeverReplace() {
        Lexicon plain = Lexicon.parse("bull\t0.1");
        Lexicon market = plain.withMarketWords();
        assertThat(plain.valence("depeg")).isEmpty();
        assertThat(market.valence("depeg")).hasValue(-2.5);
        assertThat(market.valence("bull")).hasValue(0.1);
    }

    @Test
    @Covers("TEXT-003")
    void aTextIsTheMeanOfItsSentencesWithAKnownWord() {
        double good = 2 / Math.sqrt(19);
        double bad = -3 / Math.sqrt(24);
        assertThat(scorer.score("It is good. Nobody knows. It is bad!").orElseThrow())
                .isCloseTo((good + bad) / 2, EXACT);
        assertThat(scorer.score("Nothing to say")).isEmpty();
        assertThat(scorer.score("good ".repeat(1_000)).orElseThrow()).isLessThanOrEqualTo(1);
        assertThat(scorer.plain("Good, good and bad")).isEqualTo(1);
    }

    @Test
    @Covers("TEXT-004")
    void negationsTurnAndDegreesScale() {
        double turned = 2 * -0.74;
        double damped = turned / Math.sqrt(turned * turned + 15);
        assertThat(scorer.score("this isn’t good").orElseThrow()).isCloseTo(damped, EXACT);
        assertThat(scorer.score("not a very good").orElseThrow())
                .isCloseTo(1.3 * turned / Math.sqrt(1.69 * turned * turned + 15), EXACT);
        assertThat(scorer.score("not one of these is good").orElseThrow()).isPositive();
    }

    @Test
    @Covers("TEXT-005")
    void whatComesAfterButCountsMore() {
        double sum = 0.5 * 2 - 1.5 * 3;
        assertThat(scorer.score("good but bad").orElseThrow())
                .isCloseTo(sum / Math.sqrt(sum * sum + 15), EXACT);
    }

    @Test
    @Covers("TEXT-006")
    void aPointInsideANumberEndsNoSentenceAndALongTextIsRefused() {
        assertThat(TextScorer.sentences("Up 2.5 percent. Good")).hasSize(2);
        assertThat(TextScorer.sentences("a\nb? c! d.")).hasSize(4);
        assertThat(scorer.score("x".repeat(TextScorer.MAXIMUM_LENGTH))).isEmpty();
        assertThatThrownBy(() -> scorer.score("x".repeat(TextScorer.MAXIMUM_LENGTH + 1)))
                .hasMessageContaining("at most 20000 characters, got 20001");
    }
}
