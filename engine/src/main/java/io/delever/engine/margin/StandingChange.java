package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import java.util.Optional;

/**
 * An account went from one standing to another, or passed a further warning level (MARG-126).
 *
 * @param previous where it was
 * @param current where it is, with its deadline
 * @param figures those that decided; empty where only time did while a price was not usable
 * @param timeNanos of the look that found it
 */
public record StandingChange(
        AccountId account,
        StandingState previous,
        StandingState current,
        Optional<MarginFigures> figures,
        long timeNanos) {}
