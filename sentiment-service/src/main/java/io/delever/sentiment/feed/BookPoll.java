package io.delever.sentiment.feed;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.AccountOrder;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.engine.sentiment.ScoreConverter;
import io.delever.engine.stress.LiveLevels;
import io.delever.engine.stress.LiveLevels.Figures;
import io.delever.engine.stress.LiveLevels.Held;
import io.delever.sentiment.core.LiveBook;
import io.delever.sentiment.core.RiskDesk;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Reads the margin of all accounts from time to time and maps where they end (SSVC-021). */
public final class BookPoll implements Runnable {
    private static final Logger LOG = Logger.getLogger(BookPoll.class);
    private static final int PAGE = 1_000;

    private final Channel channel;
    private final RiskDesk desk;
    private final FeedPort port;
    private final Limits limits;
    private boolean lost;

    /**
     * Limits of the poll.
     *
     * @param maximumAccounts most accounts read, the riskiest first
     * @param interval between two readings
     * @param deadline of one page
     */
    public record Limits(int maximumAccounts, Duration interval, Duration deadline) {}

    /** A poll into {@code desk}. */
    public BookPoll(Channel channel, RiskDesk desk, FeedPort port, Limits limits) {
        this.channel = channel;
        this.desk = desk;
        this.port = port;
        this.limits = limits;
    }

    /** Reads once; after a failure fuel is missing until the next success. */
    @Override
    public void run() {
        try {
            desk.take(read());
            lost = false;
        } catch (StatusRuntimeException e) {
            if (!lost) {
                LOG.infof("accounts not to be had: %s", e.getMessage());
            }
            lost = true;
            desk.bookLost();
        }
    }

    private LiveBook read() {
        long now = port.now();
        List<Figures> figures = new ArrayList<>();
        int read = 0;
        String token = "";
        do {
            ListAccountsResponse page =
                    MarginServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(limits.deadline())
                            .listAccounts(
                                    ListAccountsRequest.newBuilder()
                                            .setOrder(AccountOrder.ACCOUNT_ORDER_RISKIEST_FIRST)
                                            .setPageSize(PAGE)
                                            .setPageToken(token)
                                            .build());
            for (Account account : page.getAccountsList()) {
                read++;
                figures(account.getMargin(), figures);
            }
            token = page.getNextPageToken();
        } while (!token.isEmpty() && read < limits.maximumAccounts());
        return new LiveBook(LiveLevels.of(figures), read, !token.isEmpty(), now);
    }

    /** An account without figures, or with a position that has none, is left out. */
    private static void figures(AccountMargin margin, List<Figures> figures) {
        if (!margin.hasAdjustedEquityE8() || !margin.hasEquityE8()) {
            return;
        }
        List<Held> held = new ArrayList<>();
        for (PositionMargin position : margin.getPositionsList()) {
            if (position.getSizeE8() == 0) {
                continue;
            }
            if (!position.hasMarkPriceE8() || !position.hasMaintenanceMarginE8()) {
                return;
            }
            held.add(
                    new Held(
                            position.getInstrumentId(),
                            units(position.getSizeE8()),
                            units(position.getMarkPriceE8()),
                            units(position.getMaintenanceMarginE8())));
        }
        if (!held.isEmpty()) {
            figures.add(
                    new Figures(
                            units(margin.getEquityE8()),
                            units(margin.getAdjustedEquityE8()),
                            units(margin.getMaintenanceMarginE8()),
                            held));
        }
    }

    private static double units(long e8) {
        return ScoreConverter.units(e8);
    }
}
