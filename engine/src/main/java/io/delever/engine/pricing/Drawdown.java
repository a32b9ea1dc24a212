package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/** How far a price is and was below its greatest one so far (PRIC-073). Used by one thread. */
public final class Drawdown {
    private Optional<Price> peak = Optional.empty();
    private Rate now = Rate.ZERO;
    private Rate greatest = Rate.ZERO;

    /** Takes the next price. */
    public void add(Price price) {
        Price top = peak.filter(before -> before.compareTo(price) > 0).orElse(price);
        peak = Optional.of(top);
        long below = Math.subtractExact(top.e8(), price.e8());
        now = new Rate(FixedPoint.mulDiv(below, FixedPoint.ONE_PPM, top.e8(), Rounding.HALF_EVEN));
        greatest = now.compareTo(greatest) > 0 ? now : greatest;
    }

    /** (peak − price) ÷ peak, half-even to the ppm; 0 at the peak and before the first price. */
    public Rate now() {
        return now;
    }

    /** The greatest there was. */
    public Rate greatest() {
        return greatest;
    }
}
