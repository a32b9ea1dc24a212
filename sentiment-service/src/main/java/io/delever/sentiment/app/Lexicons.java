package io.delever.sentiment.app;

import io.delever.engine.sentiment.Lexicon;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The lexicon of the texts: the operator's file, or the one of VADER (Hutto and Gilbert 2014, MIT),
 * which comes as a file inside a library.
 */
final class Lexicons {
    private static final String BUNDLED = "/vader_sentiment_lexicon.txt";

    private Lexicons() {}

    static Lexicon of(Optional<Path> file) {
        try {
            if (file.isPresent()) {
                return Lexicon.parse(Files.readString(file.get())).withMarketWords();
            }
            try (InputStream in =
                    Objects.requireNonNull(Lexicons.class.getResourceAsStream(BUNDLED), BUNDLED)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return Lexicon.parse(text).withMarketWords();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the lexicon cannot be read", e);
        }
    }
}
