package io.delever.price.core;

import io.delever.engine.pricing.PriceAlarm;

/** What an alarm is about. */
public enum AlarmKind {
    /** One source left the others, or stands still while they move. */
    SOURCE_AWAY,
    /** The own book pulled the mark to its band. */
    MARK_AT_BAND,
    /** The index moved too far in too short a time. */
    TOO_VOLATILE;

    static AlarmKind of(PriceAlarm alarm) {
        return switch (alarm) {
            case PriceAlarm.SourceAway _ -> SOURCE_AWAY;
            case PriceAlarm.MarkAtBand _ -> MARK_AT_BAND;
            case PriceAlarm.TooVolatile _ -> TOO_VOLATILE;
        };
    }
}
