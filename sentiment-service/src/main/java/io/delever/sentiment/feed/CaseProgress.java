package io.delever.sentiment.feed;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of each case has been counted, so that what was closed is counted once however often a
 * case is seen (SSVC-004). Only booked fills count: a planned one may still be refused. Forgets the
 * cases that were not seen for longest.
 */
final class CaseProgress {
    private final LinkedHashMap<String, Counted> cases = new LinkedHashMap<>(16, 0.75f, true);
    private final int maximumCases;

    CaseProgress(int maximumCases) {
        this.maximumCases = maximumCases;
    }

    /** Whether more was closed in a case than has been counted. */
    synchronized boolean hasNews(Case seen) {
        Counted counted = cases.get(seen.getCaseId());
        return total(seen) != (counted == null ? 0 : counted.total);
    }

    /** What was closed since the case was last counted. */
    synchronized List<Observation> count(Case seen) {
        Counted counted = cases.computeIfAbsent(seen.getCaseId(), id -> new Counted());
        List<Observation> observations = new ArrayList<>();
        for (CaseStep step : seen.getStepsList()) {
            long closed = closedNotional(step);
            long before = counted.byStep.getOrDefault(step.getNumber(), 0L);
            if (closed > before) {
                counted.byStep.put(step.getNumber(), closed);
                observations.add(observation(seen, step, new Money(closed - before)));
            }
        }
        counted.total = total(seen);
        forgetOldest();
        return observations;
    }

    private void forgetOldest() {
        while (cases.size() > maximumCases) {
            cases.pollFirstEntry();
        }
    }

    private static Observation observation(Case seen, CaseStep step, Money notional) {
        long time =
                step.getFinished() && step.getFinishedAtNanos() > 0
                        ? step.getFinishedAtNanos()
                        : seen.getUpdatedAtNanos();
        // To close a long it is sold: the step's size is negative.
        boolean wasLong = step.getSizeE8() < 0;
        return new PositionClosedByForce(
                new InstrumentId(step.getInstrumentId()), wasLong, notional, time);
    }

    private static long closedNotional(CaseStep step) {
        long sum = 0;
        for (CaseFill fill : step.getFillsList()) {
            if (!fill.getBooked()) {
                continue;
            }
            Quantity size = new Quantity(fill.getSizeE8()).abs();
            Money notional = new Price(fill.getPriceE8()).times(size, Rounding.HALF_EVEN);
            sum = Math.addExact(sum, notional.e8());
        }
        return sum;
    }

    private static long total(Case seen) {
        return Math.addExact(seen.getClosedNotionalE8(), seen.getAdlNotionalE8());
    }

    private static final class Counted {
        private final Map<Integer, Long> byStep = new HashMap<>();
        private long total;
    }
}
