package io.delever.liquidation.grpc;

import io.delever.contracts.liquidation.v1.AdlPolicyOutcome;
import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.contracts.liquidation.v1.SimulateAdlResponse;
import io.delever.engine.deleveraging.AdlOrder;
import io.delever.engine.deleveraging.AdlOutcome;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.List;

/** Imagined rounds on the wire (LSVC-027). */
final class AdlSimulations {
    private AdlSimulations() {}

    /** What is asked; an out-of-range field is refused with its name, value and limit. */
    static AdlOrder.WhatIf whatIf(SimulateAdlRequest request) {
        if (request.getSizeE8() <= 0) {
            throw Failures.invalid("size_e8", Long.toString(request.getSizeE8()), "> 0");
        }
        return new AdlOrder.WhatIf(
                new Quantity(request.getSizeE8()),
                rate("gap_ppm", request.getGapPpm(), FixedPoint.ONE_PPM - 1),
                rate("shock_ppm", request.getShockPpm(), FixedPoint.ONE_PPM));
    }

    private static Rate rate(String field, long ppm, long greatest) {
        if (ppm < 0 || ppm > greatest) {
            throw Failures.invalid(field, Long.toString(ppm), "0 to " + greatest);
        }
        return new Rate(ppm);
    }

    static SimulateAdlResponse answer(
            AdlOrder.View view,
            boolean isLong,
            List<ProfitablePosition> positions,
            AdlOrder.WhatIf whatIf) {
        SimulateAdlResponse.Builder message =
                SimulateAdlResponse.newBuilder()
                        .setPolicy(view.policy().name())
                        .setTotalCount(positions.size());
        AdlOrder.compare(view, isLong, positions, whatIf)
                .forEach(outcome -> message.addOutcomes(outcome(outcome)));
        return message.build();
    }

    private static AdlPolicyOutcome outcome(AdlOutcome outcome) {
        AdlOutcome.Effects effects = outcome.effects();
        AdlPolicyOutcome.Builder message =
                AdlPolicyOutcome.newBuilder()
                        .setPolicy(outcome.policy().name())
                        .setNeededE8(outcome.budget().e8())
                        .setTakenE8(outcome.taken().e8())
                        .setOvershootE8(outcome.overshoot().e8())
                        .setMissingE8(outcome.missing().e8())
                        .setAccountCount(outcome.winners())
                        .setLargestHaircutPpm(effects.largestHaircut().ppm())
                        .setConcentrationPpm(effects.concentration().ppm())
                        .setNextDeficitE8(effects.nextDeficit().e8())
                        .setNegativeCount(effects.negativeAfter());
        effects.leverageAfterPpm().ifPresent(message::setLeverageAfterPpm);
        return message.build();
    }
}
