package io.delever.engine.stress;

import io.delever.engine.stress.Cascade.Outcome;
import java.util.List;

/**
 * What of a chain reaction is loss, what is margin and what is haircut (STRS-047): the same push
 * with rates that stay, with margins that follow the move, with haircuts that do, and with both
 * (the loss spiral and the margin spiral of Brunnermeier and Pedersen; RULES §13).
 *
 * @param lossOnly rates stay as they are
 * @param withMargins only maintenance margins follow
 * @param withHaircuts only haircuts follow
 * @param withBoth both follow
 */
public record Spiral(
        Outcome lossOnly, Outcome withMargins, Outcome withHaircuts, Outcome withBoth) {
    /** Pushes four times. */
    public static Spiral of(Cascade cascade, List<Double> pushes) {
        return new Spiral(
                cascade.still(true, true).push(pushes),
                cascade.still(false, true).push(pushes),
                cascade.still(true, false).push(pushes),
                cascade.push(pushes));
    }
}
