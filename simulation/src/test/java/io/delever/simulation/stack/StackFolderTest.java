package io.delever.simulation.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.testing.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFolderTest {
    @TempDir private Path temp;

    @Test
    @Covers("SIMU-070")
    void theSecondStackOnAFolderIsRefusedWithTheHoldersId() {
        Path data = temp.resolve("data");
        try (StackFolder held = StackFolder.take(data)) {
            assertThat(held.folder()).isEqualTo(data);
            assertThatThrownBy(() -> StackFolder.take(data))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("another demo is running on " + data)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        StackFolder.take(data).close();
    }

    @Test
    @Covers("SIMU-072")
    void aRunThatWasCutOffIsNotContinued() {
        try (StackFolder folder = StackFolder.take(temp)) {
            assertThat(folder.beginRun()).isEqualTo(1);
            folder.endRun(1);
            assertThat(folder.beginRun()).isEqualTo(2);
            assertThatThrownBy(folder::beginRun)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("start anew with --fresh");
            folder.wipe();
            assertThat(folder.beginRun()).isEqualTo(1);
        }
    }

    @Test
    @Covers("SIMU-071")
    void whatAKilledStackLeftIsEndedAndStrangersAreNot() throws Exception {
        Process left = new ProcessBuilder("sleep", "600").start();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try (StackFolder folder = StackFolder.take(temp)) {
            LeftProcesses.remember(folder, List.of(left.toHandle()));
            String line = Files.readString(folder.processes());
            long start = Long.parseLong(line.strip().split(" ", -1)[1]);
            Files.writeString(
                    folder.processes(), line + stranger.pid() + " " + (start - 60_000) + "\n");
            assertThat(LeftProcesses.stopServices(folder)).isEqualTo(1);
            assertThat(left.waitFor(Duration.ofSeconds(10))).isTrue();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(LeftProcesses.stopServices(folder)).isZero();
        } finally {
            left.destroyForcibly();
            stranger.destroyForcibly();
        }
    }

    @Test
    @Covers("SIMU-071")
    void aPostgresThatWasLeftBehindIsEnded() throws IOException {
        Path files = temp.resolve("postgres");
        Path log = temp.resolve("postgresql.log");
        DatabaseServer server = DatabaseServer.embedded(files, log);
        long pid = server.process().orElseThrow().pid();
        assertThat(server.database(ServiceName.PRICE).url()).endsWith("/delever_price");
        assertThat(LeftProcesses.stopPostmaster(files)).isPresent();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(LeftProcesses.stopPostmaster(files)).isEmpty();
        // Nothing is left to stop; this process only gives up its lock on the files.
        server.close();
        try (DatabaseServer again = DatabaseServer.embedded(files, log)) {
            assertThat(again.database(ServiceName.PRICE).toString()).doesNotContain("password");
        }
        Files.writeString(
                files.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + files + "\n0\n");
        assertThat(LeftProcesses.stopPostmaster(files)).isEmpty();
    }
}
