package io.delever.liquidation.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.engine.deleveraging.AdlOrder;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdlSimulationsTest {

    @ParameterizedTest
    @Covers("LSVC-027")
    @CsvSource({
        "0, 0, 0, size_e8",
        "-1, 0, 0, size_e8",
        "1, -1, 0, gap_ppm",
        "1, 1000000, 0, gap_ppm",
        "1, 0, -1, shock_ppm",
        "1, 0, 1000001, shock_ppm",
    })
    void whatIsOutOfRangeIsNamed(long size, long gap, long shock, String field) {
        SimulateAdlRequest request =
                SimulateAdlRequest.newBuilder()
                        .setSizeE8(size)
                        .setGapPpm(gap)
                        .setShockPpm(shock)
                        .build();
        assertThatThrownBy(() -> AdlSimulations.whatIf(request))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining(field + " is '");
    }

    @Test
    @Covers("LSVC-027")
    void theLimitsThemselvesAreTaken() {
        SimulateAdlRequest request =
                SimulateAdlRequest.newBuilder()
                        .setSizeE8(1)
                        .setGapPpm(999_999)
                        .setShockPpm(1_000_000)
                        .build();
        assertThat(AdlSimulations.whatIf(request))
                .isEqualTo(new AdlOrder.WhatIf(new Quantity(1), new Rate(999_999), Rate.ONE));
    }
}
