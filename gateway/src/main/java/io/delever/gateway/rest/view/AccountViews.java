package io.delever.gateway.rest.view;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.CheckOrderResponse;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.Standing;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.margin.v1.UsedPrice;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.json.Timestamp;
import io.delever.gateway.rest.problem.Problems;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Accounts and their margin as the gateway shows them. */
public final class AccountViews {
    private static final String STATE_PREFIX = "RISK_STATE_";
    private static final String STANDING_PREFIX = "ACCOUNT_STANDING_";

    private AccountViews() {}

    /** A page of accounts. */
    public record AccountList(
            List<AccountView> accounts,
            @Schema(description = "Absent at the end.") Optional<String> nextPageToken) {}

    /** An account, its balances, and its margin at the prices shown. */
    public record AccountView(
            @Schema(examples = {"acc-1"}) String accountId,
            List<BalanceView> balances,
            MarginView margin,
            Optional<StandingView> standing,
            int shard,
            @Schema(description = "Journal sequence up to which this is complete.") long sequence,
            List<UsedPriceView> prices) {

        /** From the wire. */
        public static AccountView of(Account account) {
            return new AccountView(
                    account.getAccountId(),
                    account.getBalancesList().stream().map(BalanceView::of).toList(),
                    MarginView.of(account.getMargin()),
                    account.hasStanding()
                            ? Optional.of(StandingView.of(account.getStanding()))
                            : Optional.empty(),
                    account.getShard(),
                    account.getSequence(),
                    account.getPricesList().stream().map(UsedPriceView::of).toList());
        }
    }

    /** Where an account is on the way from health to liquidation and back. */
    public record StandingView(
            @Schema(
                            enumeration = {
                                "HEALTHY",
                                "MARGIN_CALL",
                                "REDUCE_ONLY",
                                "LIQUIDATABLE",
                                "BANKRUPT",
                                "RECOVERED"
                            })
                    String standing,
            @Schema(description = "Warning levels passed since it was last healthy.")
                    int warningLevel,
            @Schema(
                            description =
                                    "When MARGIN_CALL becomes REDUCE_ONLY, or RECOVERED becomes"
                                            + " HEALTHY; absent in every other standing.")
                    Optional<Timestamp> deadline) {

        static StandingView of(Standing standing) {
            return new StandingView(
                    Views.name(standing.getStanding(), STANDING_PREFIX),
                    standing.getWarningLevel(),
                    standing.hasDeadlineNanos()
                            ? Timestamp.ofNonZero(standing.getDeadlineNanos())
                            : Optional.empty());
        }
    }

    /** A change of standing, or a further warning. */
    public record StandingEventView(
            String accountId,
            StandingView previous,
            StandingView current,
            Optional<Decimal> equity,
            Optional<Decimal> adjustedEquity,
            Optional<Decimal> maintenanceMargin,
            Optional<Timestamp> time) {

        /** From the wire. */
        public static StandingEventView of(StandingEvent event) {
            return new StandingEventView(
                    event.getAccountId(),
                    StandingView.of(event.getPrevious()),
                    StandingView.of(event.getCurrent()),
                    Views.decimal(event.hasEquityE8(), event.getEquityE8()),
                    Views.decimal(event.hasAdjustedEquityE8(), event.getAdjustedEquityE8()),
                    Views.decimal(event.hasMaintenanceMarginE8(), event.getMaintenanceMarginE8()),
                    Timestamp.ofNonZero(event.getTimeNanos()));
        }
    }

    /** A balance; negative where the account owes. */
    public record BalanceView(@Schema(examples = {"USD"}) String assetId, Decimal amount) {
        static BalanceView of(Balance balance) {
            return new BalanceView(balance.getAssetId(), new Decimal(balance.getAmountE8()));
        }
    }

    /** Margin figures; absent while a price that they need is not usable. */
    public record MarginView(
            @Schema(
                            enumeration = {
                                "HEALTHY",
                                "MARGIN_CALL",
                                "LIQUIDATABLE",
                                "BANKRUPT",
                                "PRICE_UNAVAILABLE"
                            })
                    String state,
            Optional<Decimal> equity,
            Optional<Decimal> adjustedEquity,
            Optional<Decimal> initialMargin,
            Optional<Decimal> maintenanceMargin,
            Optional<Decimal> freeCollateral,
            @Schema(
                            description =
                                    "Adjusted equity ÷ maintenance margin; below 1 is liquidatable."
                                            + " Absent without maintenance margin.")
                    Optional<Ratio> equityRatio,
            Optional<Decimal> notional,
            Optional<Decimal> unrealizedPnl,
            List<PositionView> positions,
            List<String> unpricedInstrumentIds) {

        /** From the wire. */
        public static MarginView of(AccountMargin margin) {
            return new MarginView(
                    Views.name(margin.getState(), STATE_PREFIX),
                    Views.decimal(margin.hasEquityE8(), margin.getEquityE8()),
                    Views.decimal(margin.hasAdjustedEquityE8(), margin.getAdjustedEquityE8()),
                    Views.decimal(margin.hasInitialMarginE8(), margin.getInitialMarginE8()),
                    Views.decimal(margin.hasMaintenanceMarginE8(), margin.getMaintenanceMarginE8()),
                    Views.decimal(margin.hasFreeCollateralE8(), margin.getFreeCollateralE8()),
                    Views.ratio(margin.hasEquityRatioPpm(), margin.getEquityRatioPpm()),
                    Views.decimal(margin.hasNotionalE8(), margin.getNotionalE8()),
                    Views.decimal(margin.hasUnrealizedPnlE8(), margin.getUnrealizedPnlE8()),
                    margin.getPositionsList().stream().map(PositionView::of).toList(),
                    margin.getUnpricedInstrumentIdsList());
        }
    }

    /** A position and what it needs. */
    public record PositionView(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(description = "+ long, − short.") Decimal size,
            @Schema(description = "What was paid (+) or received (−) for it.") Decimal entryCost,
            @Schema(description = "For display.") Decimal entryPrice,
            Optional<Decimal> markPrice,
            Optional<Decimal> notional,
            Optional<Decimal> unrealizedPnl,
            Optional<Decimal> initialMargin,
            Optional<Decimal> maintenanceMargin,
            @Schema(
                            description =
                                    "For display, all other prices unchanged; absent where there is"
                                            + " none.")
                    Optional<Decimal> liquidationPrice,
            Optional<Decimal> bankruptcyPrice,
            @Schema(description = "Absent where the account chose none.")
                    Optional<Ratio> leverage) {

        static PositionView of(PositionMargin position) {
            return new PositionView(
                    position.getInstrumentId(),
                    new Decimal(position.getSizeE8()),
                    new Decimal(position.getEntryCostE8()),
                    new Decimal(position.getEntryPriceE8()),
                    Views.decimal(position.hasMarkPriceE8(), position.getMarkPriceE8()),
                    Views.decimal(position.hasNotionalE8(), position.getNotionalE8()),
                    Views.decimal(position.hasUnrealizedPnlE8(), position.getUnrealizedPnlE8()),
                    Views.decimal(position.hasInitialMarginE8(), position.getInitialMarginE8()),
                    Views.decimal(
                            position.hasMaintenanceMarginE8(), position.getMaintenanceMarginE8()),
                    Views.decimal(
                            position.hasLiquidationPriceE8(), position.getLiquidationPriceE8()),
                    Views.decimal(position.hasBankruptcyPriceE8(), position.getBankruptcyPriceE8()),
                    Views.ratio(position.getLeveragePpm() != 0, position.getLeveragePpm()));
        }
    }

    /** A price behind the margin figures. */
    public record UsedPriceView(
            String instrumentId,
            @Schema(description = "False where it is STALE or MISSING.") boolean usable,
            Optional<Decimal> indexPrice,
            Optional<Decimal> markPrice,
            Optional<Timestamp> eventTime) {

        static UsedPriceView of(UsedPrice price) {
            return new UsedPriceView(
                    price.getInstrumentId(),
                    price.getUsable(),
                    Views.decimal(price.hasIndexPriceE8(), price.getIndexPriceE8()),
                    Views.decimal(price.hasMarkPriceE8(), price.getMarkPriceE8()),
                    Timestamp.ofNonZero(price.getEventTimeNanos()));
        }
    }

    /** A change of risk state. */
    public record RiskEventView(
            String accountId,
            String previous,
            String current,
            Optional<Decimal> equity,
            Optional<Decimal> adjustedEquity,
            Optional<Decimal> maintenanceMargin,
            Optional<Timestamp> eventTime) {

        /** From the wire. */
        public static RiskEventView of(RiskEvent event) {
            return new RiskEventView(
                    event.getAccountId(),
                    Views.name(event.getPrevious(), STATE_PREFIX),
                    Views.name(event.getCurrent(), STATE_PREFIX),
                    Views.decimal(event.hasEquityE8(), event.getEquityE8()),
                    Views.decimal(event.hasAdjustedEquityE8(), event.getAdjustedEquityE8()),
                    Views.decimal(event.hasMaintenanceMarginE8(), event.getMaintenanceMarginE8()),
                    Timestamp.ofNonZero(event.getEventTimeNanos()));
        }
    }

    /** What the rules would say to an order. */
    public record OrderCheckView(
            boolean passes,
            @Schema(description = "Why not; absent where it passes.")
                    Optional<RejectionView> rejected,
            @Schema(description = "Greatest size of the same sign that would pass.")
                    Decimal largestPassingSize,
            @Schema(description = "The margin afterwards.") Optional<MarginView> marginAfter) {

        /** From the wire. */
        public static OrderCheckView of(CheckOrderResponse response) {
            return new OrderCheckView(
                    response.getPasses(),
                    response.hasRejected()
                            ? Optional.of(RejectionView.of(response.getRejected()))
                            : Optional.empty(),
                    new Decimal(response.getLargestPassingSizeE8()),
                    response.hasMarginAfter()
                            ? Optional.of(MarginView.of(response.getMarginAfter()))
                            : Optional.empty());
        }
    }

    /** Why something is refused. */
    public record RejectionView(
            @Schema(examples = {"INSUFFICIENT_MARGIN"}) String reason, String detail) {
        static RejectionView of(Rejected rejected) {
            return new RejectionView(Problems.reasonOf(rejected), rejected.getDetail());
        }
    }
}
