package io.delever.engine.margin;

/**
 * Why something is refused.
 *
 * @param detail what, which id, actual value, limit
 */
public record Refusal(RejectionReason reason, String detail) {}
