/**
 * Prices of many outside venues become one index and one mark price per instrument. Pure and
 * deterministic: time is an argument, and the result depends on the newest tick of each source and
 * on the time only. The rules stand in {@code docs/spec/pricing.md} (PRIC).
 */
@NullMarked
package io.delever.engine.pricing;

import org.jspecify.annotations.NullMarked;
