package io.delever.simulation.prices;

/** What is done to the recorded venues of a market before they are priced (SIMU-100). */
public enum Tampering {
    /** Nothing: the perpetual fell far below the two spot venues by itself. */
    NONE("as recorded"),
    /** From the crash on Gemini says its last price again every second. */
    FROZEN("Gemini repeats its last price"),
    /** From the crash on only Coinbase is heard. */
    ALONE("all but Coinbase are silent");

    private final String label;

    Tampering(String label) {
        this.label = label;
    }

    /** For a person. */
    public String label() {
        return label;
    }
}
