package io.delever.simulation.evaluation;

import io.delever.engine.sentiment.Lexicon;
import io.delever.engine.sentiment.TextScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Text scores against human labels (EVAL-006). */
final class TextStudy {
    private final DataFolder data;
    private final Report report = new Report();

    TextStudy(DataFolder data) {
        this.data = data;
    }

    Report write() {
        report.say("# Text scores against human labels");
        Optional<List<Map<String, String>>> comments =
                data.table("07_sentiment/surge_crypto_comments_labelled.csv.gz");
        Optional<String> words = data.text("07_sentiment/vader_lexicon.tsv.gz");
        if (comments.isEmpty() || words.isEmpty()) {
            return report.say(
                    "Skipped: the labelled comments or the lexicon are not in the folder.");
        }
        Lexicon lexicon = Lexicon.parse(words.get());
        TextScorer general = new TextScorer(lexicon);
        TextScorer market = new TextScorer(lexicon.withMarketWords());
        List<Labelled> rows = new ArrayList<>();
        for (Map<String, String> row : comments.get()) {
            String text = Bars.field(row, "Comment Text");
            boolean positive = Bars.field(row, "Sentiment").equals("Positive");
            rows.add(
                    new Labelled(
                            positive,
                            general.plain(text),
                            general.score(text).orElse(0),
                            market.score(text).orElse(0)));
        }
        long positives = rows.stream().filter(Labelled::positive).count();
        report.say(
                ("%d comments on crypto assets from Reddit, %d labelled positive and %d negative by"
                     + " people (surge-ai/crypto-sentiment, MIT). Nothing was fitted to them: the"
                     + " lexicon is that of VADER (Hutto and Gilbert 2014, MIT), the rules and the"
                     + " words of the market are those of [TEXT](../spec/text.md). A score of 0 or"
                     + " no known word counts as positive for every method, as most comments are."
                     + " Intervals are 95 %% over drawn comments.")
                        .formatted(rows.size(), positives, rows.size() - positives));
        report.row("| Method | accuracy | F1 positive | F1 negative | no opinion |");
        report.row("| --- | --- | --- | --- | --- |");
        method("plain lexicon (baseline)", rows, Labelled::plain);
        method("lexicon with rules", rows, Labelled::rules);
        method("lexicon with rules and words of the market (the default)", rows, Labelled::market);
        report.end();
        difference("rules", rows, Labelled::rules);
        difference("rules and words of the market", rows, Labelled::market);
        confusion("plain lexicon", rows, Labelled::plain);
        confusion("lexicon with rules and words of the market", rows, Labelled::market);
        return report;
    }

    private void method(String name, List<Labelled> rows, ToDoubleFunction<Labelled> score) {
        List<List<Labelled>> single = rows.stream().map(List::of).toList();
        report.row(
                "| %s | %s | %s | %s | %d |"
                        .formatted(
                                name,
                                Statistics.interval(single, r -> accuracy(r, score)).text(3),
                                Statistics.interval(single, r -> f1(r, score, true)).text(3),
                                Statistics.interval(single, r -> f1(r, score, false)).text(3),
                                rows.stream().filter(r -> score.applyAsDouble(r) == 0).count()));
    }

    private void difference(String name, List<Labelled> rows, ToDoubleFunction<Labelled> score) {
        Statistics.Interval gain =
                Statistics.interval(
                        rows.stream().map(List::of).toList(),
                        r -> accuracy(r, score) - accuracy(r, Labelled::plain));
        String verdict =
                gain.low() > 0
                        ? "better than the plain lexicon"
                        : gain.high() < 0
                                ? "**worse than the plain lexicon**"
                                : "no difference from the plain lexicon can be told";
        report.say(
                "Accuracy with %s less that of the plain lexicon: %s: %s."
                        .formatted(name, gain.text(3), verdict));
    }

    private void confusion(String name, List<Labelled> rows, ToDoubleFunction<Labelled> score) {
        report.row("| " + name + " | scored positive | scored negative |");
        report.row("| --- | --- | --- |");
        for (boolean label : new boolean[] {true, false}) {
            report.row(
                    "| labelled %s | %d | %d |"
                            .formatted(
                                    label ? "positive" : "negative",
                                    count(rows, score, label, true),
                                    count(rows, score, label, false)));
        }
        report.end();
    }

    private static double accuracy(List<Labelled> rows, ToDoubleFunction<Labelled> score) {
        return (count(rows, score, true, true) + count(rows, score, false, false))
                / (double) rows.size();
    }

    private static double f1(List<Labelled> rows, ToDoubleFunction<Labelled> score, boolean side) {
        double hit = count(rows, score, side, side);
        return 2
                * hit
                / (2 * hit + count(rows, score, side, !side) + count(rows, score, !side, side));
    }

    private static long count(
            List<Labelled> rows, ToDoubleFunction<Labelled> score, boolean label, boolean said) {
        return rows.stream()
                .filter(r -> r.positive() == label && (score.applyAsDouble(r) >= 0) == said)
                .count();
    }

    private record Labelled(boolean positive, double plain, double rules, double market) {}
}
