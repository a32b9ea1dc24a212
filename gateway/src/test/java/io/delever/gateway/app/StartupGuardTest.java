package io.delever.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.delever.gateway.app.StartupGuard.Setup;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("GATE-040")
class StartupGuardTest {
    private static Setup open(String host, String profile) {
        return new Setup(
                host,
                true,
                List.of(profile),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    private static Setup required(String host, boolean plainText, boolean tls) {
        return new Setup(
                host,
                false,
                List.of("prod"),
                plainText,
                tls,
                Optional.of("https://issuer.example"),
                Optional.of("https://issuer.example/jwks"),
                Optional.of("delever"),
                false,
                true);
    }

    private static Setup people(String issuer, String keys, String audience, boolean tokens) {
        return new Setup(
                "127.0.0.1",
                false,
                List.of("prod"),
                true,
                false,
                Optional.of(issuer).filter(s -> !s.equals("-")),
                Optional.of(keys).filter(s -> !s.equals("-")),
                Optional.of(audience).filter(s -> !s.equals("-")),
                tokens,
                true);
    }

    private static void refused(Setup setup, String because) {
        assertThatIllegalStateException()
                .isThrownBy(() -> StartupGuard.check(setup))
                .withMessageContaining(because);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void thisMachineMayBeOpenInAProfileThatSaysSo(String host) {
        assertThat(StartupGuard.check(open(host, "demo")).orElseThrow()).startsWith("OPEN");
        refused(open(host, "prod"), "profiles demo, dev and test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
    void otherMachinesNeedTlsAndTokens(String host) {
        refused(open(host, "demo"), "quarkus.http.host=" + host);
        refused(required(host, true, true), "quarkus.http.insecure-requests=disabled");
        refused(required(host, false, false), "quarkus.http.ssl.certificate.files");
        assertThat(StartupGuard.check(required(host, false, true))).isEmpty();
    }

    @Test
    void thisMachineNeedsNoTls() {
        assertThat(StartupGuard.check(required("127.0.0.1", true, false))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-, -, -, false, nobody could be recognised",
        "i, -, -, false, belong together",
        "i, k, -, true, belong together",
        "-, k, a, true, belong together",
    })
    void somebodyMustBeRecognised(
            String issuer, String keys, String audience, boolean tokens, String because) {
        refused(people(issuer, keys, audience, tokens), because);
    }

    @Test
    void tokensOfMachinesAreEnough() {
        assertThat(StartupGuard.check(people("-", "-", "-", true))).isEmpty();
    }

    @Test
    void changesMustBeRecorded() {
        Setup good = required("127.0.0.1", true, false);
        refused(
                new Setup(
                        good.host(),
                        false,
                        good.profiles(),
                        true,
                        false,
                        good.issuer(),
                        good.keys(),
                        good.audience(),
                        true,
                        false),
                "delever.audit.file");
    }
}
