package io.delever.simulation.market;

/**
 * A market at a venue as the venue names it.
 *
 * @param venue the venue
 * @param market the venue's name of the market
 */
public record SourceKey(String venue, String market) {
    @Override
    public String toString() {
        return venue + " " + market;
    }
}
