package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.UsedPrice;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.margin.core.AccountReport;
import io.delever.margin.core.AccountReports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Accounts and their margins as the contracts have them. */
final class AccountMessages {
    private AccountMessages() {}

    static Account account(AccountReport report) {
        Account.Builder message =
                Account.newBuilder()
                        .setAccountId(report.account().id().value())
                        .setStanding(EventMessages.standing(report.standing()))
                        .setShard(report.shard())
                        .setSequence(report.sequence());
        report.account()
                .balances()
                .forEach(
                        (asset, amount) ->
                                message.addBalances(
                                        Balance.newBuilder()
                                                .setAssetId(asset.value())
                                                .setAmountE8(amount.e8())));
        message.setMargin(margin(report.account(), report.margin(), report.closePrices()));
        report.prices().forEach((id, state) -> message.addPrices(usedPrice(id, state)));
        return message.build();
    }

    /** A margin with one entry for each open position, priced or not. */
    static AccountMargin margin(
            AccountView account,
            io.delever.engine.margin.AccountMargin margin,
            AccountReports.ClosePrices closePrices) {
        return margin(
                        account.positions(),
                        margin,
                        closePrices,
                        id -> account.leverage(id).map(Leverage::ppm).orElse(0L))
                .build();
    }

    /**
     * A margin whose positions are those that it has figures for, with the leverages of the
     * account.
     */
    static AccountMargin marginAfter(
            AccountView before, io.delever.engine.margin.AccountMargin margin) {
        List<Position> positions =
                margin.figures()
                        .map(f -> f.positions().stream().map(p -> p.position()).toList())
                        .orElse(List.of());
        return margin(
                        positions,
                        margin,
                        AccountReports.ClosePrices.NONE,
                        id -> before.leverage(id).map(Leverage::ppm).orElse(0L))
                .build();
    }

    private static AccountMargin.Builder margin(
            List<Position> positions,
            io.delever.engine.margin.AccountMargin margin,
            AccountReports.ClosePrices closePrices,
            ToLongFunction<InstrumentId> leveragePpm) {
        AccountMargin.Builder message = AccountMargin.newBuilder().setState(state(margin.state()));
        Map<InstrumentId, io.delever.engine.margin.PositionMargin> priced = new HashMap<>();
        margin.figures()
                .ifPresent(
                        figures -> {
                            addFigures(message, figures);
                            figures.positions()
                                    .forEach(p -> priced.put(p.position().instrument(), p));
                        });
        for (Position position : positions) {
            InstrumentId id = position.instrument();
            PositionMargin.Builder entry = position(position);
            entry.setLeveragePpm(leveragePpm.applyAsLong(id));
            Optional.ofNullable(priced.get(id)).ifPresent(p -> addFigures(entry, p));
            Optional.ofNullable(closePrices.liquidation().get(id))
                    .ifPresent(price -> entry.setLiquidationPriceE8(price.e8()));
            Optional.ofNullable(closePrices.bankruptcy().get(id))
                    .ifPresent(price -> entry.setBankruptcyPriceE8(price.e8()));
            message.addPositions(entry);
        }
        margin.unpriced().forEach(id -> message.addUnpricedInstrumentIds(id.value()));
        return message;
    }

    static RiskState state(io.delever.engine.margin.RiskState state) {
        return switch (state) {
            case HEALTHY -> RiskState.RISK_STATE_HEALTHY;
            case MARGIN_CALL -> RiskState.RISK_STATE_MARGIN_CALL;
            case LIQUIDATABLE -> RiskState.RISK_STATE_LIQUIDATABLE;
            case BANKRUPT -> RiskState.RISK_STATE_BANKRUPT;
            case PRICE_UNAVAILABLE -> RiskState.RISK_STATE_PRICE_UNAVAILABLE;
        };
    }

    /** The engine's state; empty for a value that this version does not know. */
    static Optional<io.delever.engine.margin.RiskState> state(RiskState state) {
        return switch (state) {
            case RISK_STATE_HEALTHY -> Optional.of(io.delever.engine.margin.RiskState.HEALTHY);
            case RISK_STATE_MARGIN_CALL ->
                    Optional.of(io.delever.engine.margin.RiskState.MARGIN_CALL);
            case RISK_STATE_LIQUIDATABLE ->
                    Optional.of(io.delever.engine.margin.RiskState.LIQUIDATABLE);
            case RISK_STATE_BANKRUPT -> Optional.of(io.delever.engine.margin.RiskState.BANKRUPT);
            case RISK_STATE_PRICE_UNAVAILABLE ->
                    Optional.of(io.delever.engine.margin.RiskState.PRICE_UNAVAILABLE);
            case RISK_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static void addFigures(AccountMargin.Builder message, MarginFigures figures) {
        message.setEquityE8(figures.equity().e8())
                .setAdjustedEquityE8(figures.adjustedEquity().e8())
                .setInitialMarginE8(figures.initialMargin().e8())
                .setMaintenanceMarginE8(figures.maintenanceMargin().e8())
                .setFreeCollateralE8(figures.freeCollateral().e8())
                .setNotionalE8(figures.notional().e8())
                .setUnrealizedPnlE8(figures.unrealizedPnl().e8());
        figures.equityRatioPpm().ifPresent(message::setEquityRatioPpm);
    }

    private static PositionMargin.Builder position(Position position) {
        PositionMargin.Builder message =
                PositionMargin.newBuilder()
                        .setInstrumentId(position.instrument().value())
                        .setSizeE8(position.size().e8())
                        .setEntryCostE8(position.cost().e8());
        position.entryPrice().ifPresent(price -> message.setEntryPriceE8(price.e8()));
        return message;
    }

    private static void addFigures(
            PositionMargin.Builder message, io.delever.engine.margin.PositionMargin margin) {
        message.setMarkPriceE8(margin.mark().e8())
                .setNotionalE8(margin.notional().e8())
                .setUnrealizedPnlE8(margin.unrealizedPnl().e8())
                .setInitialMarginE8(margin.initialMargin().e8())
                .setMaintenanceMarginE8(margin.maintenanceMargin().e8());
    }

    private static UsedPrice usedPrice(InstrumentId id, PriceState state) {
        UsedPrice.Builder message =
                UsedPrice.newBuilder().setInstrumentId(id.value()).setUsable(state.isUsable());
        switch (state) {
            case PriceState.Fresh p -> setPrices(message, p.index(), p.mark(), p.eventTimeNanos());
            case PriceState.Degraded p ->
                    setPrices(message, p.index(), p.mark(), p.eventTimeNanos());
            case PriceState.Stale p ->
                    setPrices(message, p.lastIndex(), p.lastMark(), p.eventTimeNanos());
            case PriceState.Missing p -> message.setEventTimeNanos(0);
        }
        return message.build();
    }

    private static void setPrices(UsedPrice.Builder message, Price index, Price mark, long time) {
        message.setIndexPriceE8(index.e8()).setMarkPriceE8(mark.e8()).setEventTimeNanos(time);
    }
}
