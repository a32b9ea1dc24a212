package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.GetCascadeRequest;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.GetEarlyWarningRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningResponse;
import io.delever.contracts.sentiment.v1.ListWarningsRequest;
import io.delever.contracts.sentiment.v1.ListWarningsResponse;
import io.delever.engine.stress.LiveLevels.Market;
import io.delever.sentiment.core.RiskDesk;
import io.delever.sentiment.core.RiskView;
import io.delever.sentiment.core.WarningHistory;
import io.delever.sentiment.core.WarningHistory.Kept;
import io.delever.sentiment.core.WarningHistory.Query;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers about warnings and cascades from the newest view and the history. */
@Singleton
class RiskCalls {
    private static final int DEFAULT_PAGE = 100;
    private static final int GREATEST_PAGE = 1_000;
    private static final long FARTHEST_PUSH = 900_000L;

    private final RiskDesk desk;
    private final WarningHistory history;

    @Inject
    RiskCalls(RiskDesk desk, WarningHistory history) {
        this.desk = desk;
        this.history = history;
    }

    GetEarlyWarningResponse warnings(GetEarlyWarningRequest request) {
        String id = request.getInstrumentId();
        RiskView view = desk.view();
        GetEarlyWarningResponse.Builder message = GetEarlyWarningResponse.newBuilder();
        view.warnings().stream()
                .filter(graded -> id.isEmpty() || graded.warning().series().equals(id))
                .forEach(graded -> message.addWarnings(RiskMessages.warning(graded)));
        if (!id.isEmpty() && message.getWarningsCount() == 0) {
            throw Failures.unknownInstrument(id);
        }
        view.skills().forEach(skill -> message.addSkills(RiskMessages.skill(skill)));
        return message.build();
    }

    ListWarningsResponse kept(ListWarningsRequest request) {
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
        if (size < 1 || size > GREATEST_PAGE) {
            throw Failures.outOfRange("page_size", request.getPageSize(), GREATEST_PAGE);
        }
        long before = before(request.getPageToken());
        List<Kept> rows =
                history.newest(
                        new Query(
                                request.getInstrumentId(),
                                request.getHorizonNanos(),
                                before,
                                size));
        ListWarningsResponse.Builder message = ListWarningsResponse.newBuilder();
        rows.forEach(row -> message.addWarnings(RiskMessages.kept(row)));
        if (rows.size() == size) {
            message.setNextPageToken(Long.toString(rows.getLast().id()));
        }
        return message.build();
    }

    /** A page token is the number of the last row of the page before. */
    static long before(String token) {
        if (!token.isEmpty() && !token.matches("[1-9][0-9]{0,17}")) {
            throw Failures.malformedToken(token);
        }
        return token.isEmpty() ? Long.MAX_VALUE : Long.parseLong(token);
    }

    GetCascadeResponse cascade(GetCascadeRequest request) {
        String id = request.getInstrumentId();
        long push = request.getPushPpm();
        if (Math.abs(push) > FARTHEST_PUSH) {
            throw Failures.outOfRange("push_ppm", push, FARTHEST_PUSH);
        }
        RiskView view = desk.view();
        Market market = desk.market(id).orElseThrow(() -> Failures.unknownInstrument(id));
        GetCascadeResponse.Builder message = RiskMessages.cascade(market, view.book());
        if (push != 0) {
            message.setPush(RiskMessages.push(market, push / 1e6));
        }
        return message.build();
    }
}
