package io.delever.liquidation.core;

import java.util.List;

/**
 * One page of cases, newest first.
 *
 * @param total number of cases on all pages
 */
public record CasePage(List<CaseSummary> cases, long total) {
    /** Copies the list. */
    public CasePage {
        cases = List.copyOf(cases);
    }
}
