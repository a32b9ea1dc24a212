package io.delever.engine.liquidation;

import io.delever.engine.margin.MarginFigures;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;

/** The numbers behind a step, as a sentence (LIQD-070). */
final class Explanation {
    private Explanation() {}

    /** Position, mark, bankruptcy price, equity and maintenance margin. */
    static String of(Candidate candidate) {
        MarginFigures figures = candidate.figures();
        return candidate.instrument().id()
                + " position "
                + candidate.held().position().size()
                + " has the greatest maintenance margin, "
                + candidate.held().maintenanceMargin()
                + " of "
                + figures.maintenanceMargin()
                + "; mark "
                + candidate.held().mark()
                + ", bankruptcy price "
                + candidate.bankruptcyPrice().map(Price::toString).orElse("none")
                + ", equity "
                + figures.equity()
                + ", adjusted equity "
                + figures.adjustedEquity()
                + " ("
                + candidate.observation().margin().state()
                + ").";
    }

    /** What a draw is for. */
    static String ofDraw(Money deficit, Money available, Money held) {
        return "No position is left and "
                + deficit
                + " is owed; the fund has "
                + available
                + " above its floor and holds "
                + held
                + " for this case.";
    }
}
