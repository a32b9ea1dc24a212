package io.delever.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.testing.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("GATE-064")
class ApiTokensTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    @TempDir private Path folder;
    private Path file;
    private ApiTokens tokens;

    @BeforeEach
    void setUp() {
        file = folder.resolve("tokens");
        tokens = new ApiTokens(Optional.of(file), Duration.ofSeconds(5), now::get);
    }

    private static String line(String id, String token, String expires, String rest) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return id + " " + ApiToken.hex(hash) + " " + expires + " " + rest + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTokenIsValidUntilTheInstantItExpires() throws IOException {
        Files.writeString(
                file, line("desk", "dlv_a", "2026-01-01T00:00:10Z", "trader,viewer acc-1,acc-2"));
        ApiToken found = tokens.find("dlv_a").orElseThrow();
        assertThat(found.id()).isEqualTo("desk");
        assertThat(found.roles()).isEqualTo(Set.of("trader", "viewer"));
        assertThat(found.accounts()).isEqualTo(Set.of("acc-1", "acc-2"));
        now.set(START.plusSeconds(10).minusNanos(1));
        assertThat(tokens.find("dlv_a")).isPresent();
        now.set(START.plusSeconds(10));
        assertThat(tokens.find("dlv_a")).isEmpty();
    }

    @Test
    void aLineTakenOutIsATokenRevokedAfterTheReloadInterval() throws IOException {
        Files.writeString(
                file,
                line("one", "dlv_a", "2027-01-01T00:00:00Z", "viewer -")
                        + line("two", "dlv_b", "2027-01-01T00:00:00Z", "viewer -"));
        assertThat(tokens.find("dlv_a")).isPresent();
        Files.writeString(file, line("two", "dlv_b", "2027-01-01T00:00:00Z", "viewer -"));
        now.set(START.plusSeconds(5));
        assertThat(tokens.find("dlv_a")).isEmpty();
        assertThat(tokens.find("dlv_b")).isPresent();
        Files.delete(file);
        now.set(START.plusSeconds(10));
        assertThat(tokens.find("dlv_b")).isEmpty();
    }

    @Test
    void aBrokenLineIsNoTokenAndStopsNoOther() throws IOException {
        Files.writeString(
                file,
                "# comment\n\nbroken\n" + line("ok", "dlv_a", "2027-01-01T00:00:00Z", "system -"));
        assertThat(tokens.find("dlv_a")).isPresent();
        assertThat(tokens.find("dlv_")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void withoutAFileNobodyIsKnown() {
        assertThat(tokens.find("dlv_a")).isEmpty();
        assertThat(new ApiTokens(Optional.empty(), Duration.ofSeconds(5), now::get).find("dlv_a"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id HASH 2027-01-01T00:00:00Z viewer",
                "id HASH 2027-01-01T00:00:00Z root -",
                "id HASH 2027-01-01T00:00:00Z viewer,, -",
                "id HASH tomorrow viewer -",
                "id abc 2027-01-01T00:00:00Z viewer -",
                "i/d HASH 2027-01-01T00:00:00Z viewer -",
            })
    void theLineSaysWhatIsWrongWithoutTheHash(String text) {
        String hash = "a".repeat(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiToken.parse(text.replace("HASH", hash)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(hash));
    }
}
