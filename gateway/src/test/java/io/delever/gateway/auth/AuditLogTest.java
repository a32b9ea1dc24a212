package io.delever.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Covers("GATE-066")
class AuditLogTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void threeLines() {
        file = folder.resolve("new/audit.jsonl");
        try (AuditLog log = AuditLog.open(file, CLOCK)) {
            log.append(Map.of("change", "one"));
            log.append(Map.of("change", "two \"quoted\"\nand broken"));
        }
        try (AuditLog log = AuditLog.open(file, CLOCK)) {
            log.append(Map.of("change", "three"));
        }
    }

    @Test
    void eachLineCarriesTheHashOfTheOneBefore() throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        ObjectMapper json = new ObjectMapper();
        JsonNode first = json.readTree(lines.get(0));
        JsonNode second = json.readTree(lines.get(1));
        JsonNode third = json.readTree(lines.get(2));
        assertThat(first.get("previous").asText()).isEqualTo("0".repeat(64));
        assertThat(second.get("previous").asText()).isEqualTo(first.get("hash").asText());
        assertThat(third.get("previous").asText()).isEqualTo(second.get("hash").asText());
        assertThat(third.get("sequence").asLong()).isEqualTo(3);
        assertThat(third.get("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(AuditLog.verify(file).sequence()).isEqualTo(3);
    }

    private void broken(List<String> lines) throws IOException {
        Files.write(file, lines);
        assertThatIllegalStateException()
                .isThrownBy(() -> AuditLog.open(file, CLOCK))
                .withMessageContaining("the audit log was changed");
    }

    @Test
    void aLineChangedTakenOutOrMovedIsFound() throws IOException {
        List<String> lines = Files.readAllLines(file);
        broken(List.of(lines.get(0), lines.get(1).replace("two", "2"), lines.get(2)));
        broken(List.of(lines.get(0), lines.get(2)));
        broken(List.of(lines.get(1), lines.get(2)));
        broken(List.of(lines.get(1), lines.get(0), lines.get(2)));
        broken(List.of(lines.get(0), "{\"change\":\"added\"}", lines.get(1), lines.get(2)));
    }

    @Test
    void aLineCutShortByACrashStaysAndTheChainGoesOn() throws IOException {
        Files.writeString(file, "{\"sequence\":4,\"ti", StandardOpenOption.APPEND);
        try (AuditLog log = AuditLog.open(file, CLOCK)) {
            log.append(Map.of("change", "four"));
        }
        assertThat(Files.readAllLines(file)).hasSize(5);
        assertThat(AuditLog.verify(file).sequence()).isEqualTo(4);
    }

    @Test
    void whatCannotBeWrittenIsSaid() {
        AuditLog log = AuditLog.open(file, CLOCK);
        log.close();
        assertThatThrownBy(() -> log.append(Map.of())).isInstanceOf(UncheckedIOException.class);
        assertThatIllegalStateException().isThrownBy(() -> AuditLog.open(folder, CLOCK));
    }
}
