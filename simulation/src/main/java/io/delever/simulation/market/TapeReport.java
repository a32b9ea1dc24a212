package io.delever.simulation.market;

import java.util.List;

/**
 * What reading a recorded file found.
 *
 * @param rows rows read, without the header
 * @param unmapped rows of markets that the scenario does not use
 * @param outside rows before the start or after the end of the scenario
 * @param bad rows that were left out because something is wrong with them
 * @param firstBad what is wrong with the first of them, with the line
 */
public record TapeReport(long rows, long unmapped, long outside, long bad, List<String> firstBad) {
    /** Copies the list. */
    public TapeReport {
        firstBad = List.copyOf(firstBad);
    }
}
