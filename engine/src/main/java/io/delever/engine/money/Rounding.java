package io.delever.engine.money;

/** How an inexact result becomes a whole unit. No operation has a default (MONY-002). */
public enum Rounding {
    /** Toward +infinity. */
    CEILING,
    /** Toward -infinity. */
    FLOOR,
    /** To the nearest unit; halves go to the even one. */
    HALF_EVEN,
    /** Toward zero. */
    DOWN
}
