package io.delever.price.core;

import io.delever.engine.pricing.PriceAlarm;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the engine's alarms and logs them with their evidence; of one instrument and kind at most
 * one line a minute, so that a source that flaps does not fill the log (PSVC-064). Owned by the
 * loop.
 */
final class AlarmWatch {
    private static final Logger LOG = System.getLogger(AlarmWatch.class.getName());
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final PriceMetrics metrics;
    private final Map<String, Long> loggedNanos = new HashMap<>();

    AlarmWatch(PriceMetrics metrics) {
        this.metrics = metrics;
    }

    void take(List<PriceAlarm> alarms) {
        for (PriceAlarm alarm : alarms) {
            AlarmKind kind = AlarmKind.of(alarm);
            metrics.alarmRaised(kind);
            if (isDue(alarm.instrument().value() + ' ' + kind, alarm.timeNanos())) {
                LOG.log(Level.WARNING, "alarm {0}: {1}", kind, alarm);
            }
        }
    }

    private boolean isDue(String about, long nowNanos) {
        Long last = loggedNanos.get(about);
        boolean due = last == null || nowNanos - last >= QUIET_NANOS || nowNanos < last;
        if (due) {
            loggedNanos.put(about, nowNanos);
        }
        return due;
    }
}
