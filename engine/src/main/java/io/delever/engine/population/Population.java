package io.delever.engine.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.MarketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Very many accounts in columns, so that all of them are looked at in one pass over little memory
 * (POPU-001). The columns decide nothing that they are not sure of: who is not surely in a state is
 * given to {@link MarginCalculator} (POPU-002).
 *
 * <p>The accounts are live views: after each change {@link #put} must be called, as the columns are
 * a copy. One thread at a time.
 */
public final class Population {
    private static final int BLOCK = 4_096;
    private static final double PPM = 1e6;

    private final MarginParameters parameters;
    private final KeyTable table;
    private final Brackets brackets;
    private final Entries entries;
    private final Map<AccountId, Row> rows = new HashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final int[] found = new int[BLOCK];

    /** Nobody yet. */
    public Population(MarginParameters parameters) {
        this.parameters = parameters;
        double level = parameters.marginCallLevel().ppm() / PPM;
        table = new KeyTable(level);
        brackets = new Brackets(table, level);
        entries = new Entries(level);
    }

    /** Takes an account in, or takes over what changed in it. */
    public void put(AccountView account, MarketView market) {
        entries.read(account, market, table);
        Row known = rows.get(account.id());
        Lane lane = laneFor(entries.count);
        if (known != null && known.lane == lane) {
            known.account = account;
            lane.set(known.index, entries);
            return;
        }
        if (known != null) {
            known.lane.remove(known.index);
        }
        Row row = new Row(account, lane);
        rows.put(account.id(), row);
        lane.add(row, entries);
    }

    /** Number of accounts. */
    public int size() {
        return rows.size();
    }

    /** Bytes that a sweep reads: every column of the first line. */
    public long bytesSwept() {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += (long) lane.count() * (lane.width * (Character.BYTES + Float.BYTES) + 4);
        }
        return bytes;
    }

    /**
     * Looks at every account at these prices and tells everybody who is not healthy, in no
     * particular order.
     */
    public SweepCounts sweep(MarketView market, StateSink sink) {
        table.price(market);
        long bracketed = 0;
        long exact = 0;
        long notHealthy = 0;
        for (Lane lane : lanes) {
            for (int from = 0; from < lane.count(); from += BLOCK) {
                int n = lane.notAbove(table.line, from, found);
                bracketed += n;
                for (int i = 0; i < n; i++) {
                    AccountView account = lane.row(found[i]).account;
                    Optional<RiskState> sure = brackets.stateOf(lane, found[i]);
                    exact += sure.isEmpty() ? 1 : 0;
                    RiskState state =
                            sure.orElseGet(
                                    () -> MarginCalculator.stateOf(account, market, parameters));
                    if (state != RiskState.HEALTHY) {
                        notHealthy++;
                        sink.notHealthy(account, state);
                    }
                }
            }
        }
        return new SweepCounts(rows.size(), bracketed, exact, notHealthy);
    }

    private Lane laneFor(int count) {
        int width = count <= 2 ? Math.max(1, count) : (count + 3) / 4 * 4;
        for (Lane lane : lanes) {
            if (lane.width == width) {
                return lane;
            }
        }
        Lane lane = new Lane(width);
        lanes.add(lane);
        return lane;
    }
}
