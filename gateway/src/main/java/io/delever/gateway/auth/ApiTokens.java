package io.delever.gateway.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The API tokens of machines, from a file that holds their hashes. A line taken out of the file is
 * a token revoked, at the latest after the reload interval; a line that cannot be read is no token,
 * and a file that cannot be read is no tokens (GATE-064).
 */
public final class ApiTokens {
    /** What every API token starts with; nothing else is looked up here. */
    static final String PREFIX = "dlv_";

    private static final Logger LOG = Logger.getLogger(ApiTokens.class);
    private static final long MAX_FILE_BYTES = 1_000_000;

    private final Optional<Path> file;
    private final Duration reloadInterval;
    private final InstantSource clock;
    private Map<String, ApiToken> byHash = Map.of();
    private Instant loaded = Instant.MIN;

    ApiTokens(Optional<Path> file, Duration reloadInterval, InstantSource clock) {
        this.file = file;
        this.reloadInterval = reloadInterval;
        this.clock = clock;
    }

    /** The machine that holds a token; empty where it is unknown, revoked or expired. */
    Optional<ApiToken> find(String token) {
        Instant now = clock.instant();
        return Optional.ofNullable(current(now).get(ApiToken.hex(sha256(token))))
                .filter(found -> now.isBefore(found.expires()));
    }

    private synchronized Map<String, ApiToken> current(Instant now) {
        if (file.isPresent()
                && (loaded.equals(Instant.MIN) || !now.isBefore(loaded.plus(reloadInterval)))) {
            byHash = read(file.get());
            loaded = now;
        }
        return byHash;
    }

    private static Map<String, ApiToken> read(Path file) {
        List<String> lines;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IOException("more than " + MAX_FILE_BYTES + " bytes");
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.errorf("no API token is valid: the tokens file cannot be read: %s", e.getMessage());
            return Map.of();
        }
        Map<String, ApiToken> tokens = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                ApiToken token = ApiToken.parse(line);
                tokens.put(token.hash(), token);
            } catch (IllegalArgumentException e) {
                LOG.errorf("line %d of the tokens file is no token: %s", i + 1, e.getMessage());
            }
        }
        return Map.copyOf(tokens);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
