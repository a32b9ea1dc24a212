package io.delever.price.persistence;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.price.core.CandleStore;
import io.delever.price.core.StoredCandle;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.ToLongFunction;

/** Candles in PostgreSQL; a batch is one statement. */
@Singleton
public class PostgresCandleStore implements CandleStore {
    private static final String UPSERT =
            "insert into price_candle (instrument_id, interval_seconds, start_nanos, open_e8,"
                + " high_e8, low_e8, close_e8, updates) select * from unnest(cast(:ids as text[]),"
                + " cast(:seconds as bigint[]), cast(:starts as bigint[]), cast(:opens as"
                + " bigint[]), cast(:highs as bigint[]), cast(:lows as bigint[]), cast(:closes as"
                + " bigint[]), cast(:updates as bigint[])) on conflict (instrument_id,"
                + " interval_seconds, start_nanos) do update set open_e8 = excluded.open_e8,"
                + " high_e8 = excluded.high_e8, low_e8 = excluded.low_e8, close_e8 ="
                + " excluded.close_e8, updates = excluded.updates";

    private final EntityManager manager;

    @Inject
    PostgresCandleStore(EntityManager manager) {
        this.manager = manager;
    }

    @Override
    public void write(List<StoredCandle> candles) {
        Transactions.call(
                () ->
                        manager.createNativeQuery(UPSERT)
                                .setParameter("ids", ids(candles))
                                .setParameter(
                                        "seconds", column(candles, c -> c.interval().seconds()))
                                .setParameter(
                                        "starts", column(candles, c -> c.candle().startNanos()))
                                .setParameter("opens", column(candles, c -> c.candle().open().e8()))
                                .setParameter("highs", column(candles, c -> c.candle().high().e8()))
                                .setParameter("lows", column(candles, c -> c.candle().low().e8()))
                                .setParameter(
                                        "closes", column(candles, c -> c.candle().close().e8()))
                                .setParameter("updates", column(candles, c -> c.candle().updates()))
                                .executeUpdate());
    }

    private static String[] ids(List<StoredCandle> candles) {
        return candles.stream().map(c -> c.instrument().value()).toArray(String[]::new);
    }

    private static Long[] column(List<StoredCandle> candles, ToLongFunction<StoredCandle> value) {
        return candles.stream().mapToLong(value).boxed().toArray(Long[]::new);
    }

    @Override
    public List<Candle> read(Query query) {
        return Transactions.call(
                () ->
                        CandleEntity.<CandleEntity>find(
                                        "instrumentId = ?1 and intervalSeconds = ?2 and startNanos"
                                                + " >= ?3 and startNanos < ?4",
                                        Sort.by("startNanos"),
                                        query.instrument().value(),
                                        query.interval().seconds(),
                                        query.fromNanos(),
                                        query.toNanos())
                                .page(0, query.limit())
                                .stream()
                                .map(PostgresCandleStore::candle)
                                .toList());
    }

    @Override
    public List<StoredCandle> startingAt(CandleInterval interval, long startNanos) {
        return Transactions.call(
                () ->
                        CandleEntity.<CandleEntity>find(
                                        "intervalSeconds = ?1 and startNanos = ?2",
                                        interval.seconds(),
                                        startNanos)
                                .stream()
                                .map(
                                        row ->
                                                new StoredCandle(
                                                        new InstrumentId(row.instrumentId),
                                                        interval,
                                                        candle(row)))
                                .toList());
    }

    @Override
    public long deleteBefore(CandleInterval interval, long startNanos) {
        return Transactions.call(
                () ->
                        CandleEntity.delete(
                                "intervalSeconds = ?1 and startNanos < ?2",
                                interval.seconds(),
                                startNanos));
    }

    private static Candle candle(CandleEntity row) {
        return new Candle(
                row.startNanos,
                new Price(row.openE8),
                new Price(row.highE8),
                new Price(row.lowE8),
                new Price(row.closeE8),
                row.updates);
    }
}
