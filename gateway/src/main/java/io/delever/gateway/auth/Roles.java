package io.delever.gateway.auth;

import java.util.Set;

/** Who may do what; the names stand in the claim of a token (GATE-060). */
public final class Roles {
    /** Reads everything, changes nothing. */
    public static final String VIEWER = "viewer";

    /** Reads the market and own accounts, and acts for own accounts. */
    public static final String TRADER = "trader";

    /** A system of the venue: reads everything and moves money of accounts. */
    public static final String SYSTEM = "system";

    /** Reads everything, pays capital into the insurance fund and halts instruments. */
    public static final String OPERATOR = "operator";

    /** Reads everything, halts instruments, defines indices; answers for risk parameters. */
    public static final String RISK_ADMIN = "risk-admin";

    /** Every role. */
    public static final Set<String> ALL = Set.of(VIEWER, TRADER, SYSTEM, OPERATOR, RISK_ADMIN);

    private Roles() {}
}
