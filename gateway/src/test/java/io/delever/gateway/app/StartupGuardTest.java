package io.delever.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.delever.testing.Covers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("GATE-040")
class StartupGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void thisMachineIsSafe(String host) {
        assertThat(StartupGuard.check(host, false)).isEmpty();
        assertThat(StartupGuard.check(host, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
    void otherMachinesAreRefusedUnlessAskedForWithAWarning(String host) {
        assertThatIllegalStateException()
                .isThrownBy(() -> StartupGuard.check(host, false))
                .withMessageContaining("quarkus.http.host=" + host)
                .withMessageContaining("delever.insecure=true");
        assertThat(StartupGuard.check(host, true).orElseThrow())
                .startsWith("INSECURE")
                .contains(host);
    }
}
