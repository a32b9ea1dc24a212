package io.delever.liquidation.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.market.InstrumentId;
import io.delever.liquidation.core.CaseSettings;
import io.delever.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdlPoliciesTest {

    @Test
    @Covers("LSVC-026")
    void aNamedMarketHasItsOwnPolicy() {
        CaseSettings.Policies policies =
                Wiring.Settings.policies(
                        AdlPolicy.CAPPED_PRO_RATA,
                        List.of("BTC-PERP:MINIMAX_LEVERAGE", "venue:ETH : QUEUE"));
        assertThat(policies.of(new InstrumentId("BTC-PERP"))).isEqualTo(AdlPolicy.MINIMAX_LEVERAGE);
        assertThat(policies.of(new InstrumentId("venue:ETH"))).isEqualTo(AdlPolicy.QUEUE);
        assertThat(policies.of(new InstrumentId("SOL-PERP"))).isEqualTo(AdlPolicy.CAPPED_PRO_RATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC-PERP", "QUEUE", ":QUEUE", "BTC-PERP:queue", "BTC-PERP:", ""})
    @Covers("LSVC-026")
    void whatIsNoPolicyEndsTheStartWithTheEntry(String entry) {
        assertThatThrownBy(() -> Wiring.Settings.policies(AdlPolicy.QUEUE, List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + entry + "'")
                .hasMessageContaining("MINIMAX_FACTOR_LEVERAGE");
    }

    @Test
    @Covers("LSVC-026")
    void aRoundCannotAskMoreThanAreConsidered() {
        CaseSettings.Policies policies = Wiring.Settings.policies(AdlPolicy.QUEUE, List.of());
        assertThatThrownBy(() -> new CaseSettings.Adl(policies, AdlRequest.Limits.FULL, 26, 25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("26 of 25");
    }
}
