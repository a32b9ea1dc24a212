package io.delever.liquidation.grpc;

import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc.AccountCommandServiceBlockingStub;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.FeeBeneficiary;
import io.delever.contracts.margin.v1.Fill;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.InsuranceSettlement;
import io.delever.contracts.margin.v1.ListProfitablePositionsRequest;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.MarginServiceGrpc.MarginServiceBlockingStub;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.PositionSide;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.contracts.margin.v1.UsedPrice;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.liquidation.core.MarginGateway;
import io.delever.liquidation.core.UnreachableException;
import io.delever.liquidation.core.UnreachableException.Peer;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** margin-service over {@code delever.margin.v1}. */
public final class MarginClient implements MarginGateway {
    private final MarginServiceBlockingStub reads;
    private final AccountCommandServiceBlockingStub commands;
    private final GrpcCalls calls;
    private final Parameters parameters;
    private final MarginParameters marginParameters;

    /** A client on this channel. */
    public MarginClient(Channel channel, Duration deadline, MarginParameters marginParameters) {
        reads = MarginServiceGrpc.newBlockingStub(channel);
        commands = AccountCommandServiceGrpc.newBlockingStub(channel);
        calls = new GrpcCalls(Peer.MARGIN, deadline, channel);
        parameters = new Parameters(reads, calls);
        this.marginParameters = marginParameters;
    }

    @Override
    public Optional<Seen> account(AccountId id) {
        GetAccountRequest request = GetAccountRequest.newBuilder().setAccountId(id.value()).build();
        Account message;
        try {
            message = calls.call(() -> calls.within(reads).getAccount(request)).getAccount();
        } catch (StatusRuntimeException e) {
            if (GrpcCalls.isNotFound(e)) {
                return Optional.empty();
            }
            throw wrong(e);
        }
        AccountSnapshot account = snapshot(message);
        Parameters.Listed listed = parameters.current();
        Optional<Seen> seen = seen(message, account, listed);
        if (seen.isEmpty() || !agrees(message, seen.get())) {
            // Something was listed anew since the parameters were read.
            seen = seen(message, account, parameters.refreshed());
        }
        return Optional.of(
                seen.orElseThrow(
                        () ->
                                new UnreachableException(
                                        Peer.MARGIN,
                                        "account " + id + " holds what is not listed")));
    }

    private static AccountSnapshot snapshot(Account message) {
        SortedMap<AssetId, Money> balances = new TreeMap<>();
        message.getBalancesList()
                .forEach(
                        balance ->
                                balances.put(
                                        new AssetId(balance.getAssetId()),
                                        new Money(balance.getAmountE8())));
        List<Position> positions = new ArrayList<>();
        Map<InstrumentId, Leverage> leverages = new HashMap<>();
        for (PositionMargin position : message.getMargin().getPositionsList()) {
            InstrumentId instrument = new InstrumentId(position.getInstrumentId());
            positions.add(
                    new Position(
                            instrument,
                            new Quantity(position.getSizeE8()),
                            new Money(position.getEntryCostE8())));
            if (position.getLeveragePpm() > 0) {
                leverages.put(instrument, new Leverage(position.getLeveragePpm()));
            }
        }
        return new AccountSnapshot(
                new AccountId(message.getAccountId()), balances, positions, leverages);
    }

    private Optional<Seen> seen(
            Account message, AccountSnapshot account, Parameters.Listed listed) {
        Set<InstrumentId> instruments = new HashSet<>();
        account.positions().forEach(position -> instruments.add(position.instrument()));
        if (!listed.has(instruments, account.balances().keySet())) {
            return Optional.empty();
        }
        Map<AssetId, Asset> assets = new HashMap<>();
        account.balances().keySet().forEach(id -> assets.put(id, listed.assets().get(id)));
        Map<InstrumentId, Instrument> held = new HashMap<>();
        instruments.forEach(id -> held.put(id, listed.instruments().get(id)));
        held.values()
                .forEach(
                        instrument ->
                                Optional.ofNullable(listed.assets().get(instrument.settlement()))
                                        .ifPresent(asset -> assets.put(asset.id(), asset)));
        Map<InstrumentId, PriceState> prices = new HashMap<>();
        message.getPricesList()
                .forEach(
                        price ->
                                prices.put(
                                        new InstrumentId(price.getInstrumentId()), state(price)));
        MarketSnapshot market = new MarketSnapshot(held, assets, prices);
        AccountMargin margin = MarginCalculator.evaluate(account, market, marginParameters);
        return Optional.of(new Seen(account, margin, market));
    }

    private static PriceState state(UsedPrice price) {
        if (!price.hasIndexPriceE8() || !price.hasMarkPriceE8()) {
            return new PriceState.Missing();
        }
        Price index = new Price(price.getIndexPriceE8());
        Price mark = new Price(price.getMarkPriceE8());
        return price.getUsable()
                ? new PriceState.Fresh(index, mark, price.getEventTimeNanos())
                : new PriceState.Stale(index, mark, price.getEventTimeNanos());
    }

    /**
     * Whether the same rules gave the same figures; they do unless parameters changed meanwhile.
     */
    private static boolean agrees(Account message, Seen seen) {
        return seen.margin()
                .figures()
                .map(
                        figures ->
                                message.getMargin().getMaintenanceMarginE8()
                                                == figures.maintenanceMargin().e8()
                                        && message.getMargin().getAdjustedEquityE8()
                                                == figures.adjustedEquity().e8())
                .orElse(seen.margin().state() == RiskState.PRICE_UNAVAILABLE);
    }

    @Override
    public Optional<String> book(CaseAction.BookFill fill) {
        return send(
                Command.newBuilder()
                        .setCommandId(fill.commandId())
                        .setFill(
                                Fill.newBuilder()
                                        .setAccountId(fill.account().value())
                                        .setInstrumentId(fill.instrument().value())
                                        .setSizeE8(fill.size().e8())
                                        .setPriceE8(fill.price().e8())
                                        .setFeeE8(fill.fee().e8())
                                        .setFeeBeneficiary(
                                                FeeBeneficiary.FEE_BENEFICIARY_INSURANCE_FUND)
                                        .setReduceOnly(fill.reduceOnly())
                                        .setTradeId(fill.tradeId())
                                        .setCaseId(fill.caseId().value()))
                        .build());
    }

    @Override
    public Optional<String> settle(CaseAction.BookSettlement settlement) {
        return send(
                Command.newBuilder()
                        .setCommandId(settlement.commandId())
                        .setInsuranceSettlement(
                                InsuranceSettlement.newBuilder()
                                        .setAccountId(settlement.account().value())
                                        .setAssetId(settlement.asset().value())
                                        .setAmountE8(settlement.amount().e8())
                                        .setCaseId(settlement.caseId().value()))
                        .build());
    }

    private Optional<String> send(Command command) {
        CommandReply reply;
        try {
            reply =
                    calls.call(
                                    () ->
                                            calls.within(commands)
                                                    .submitCommand(
                                                            SubmitCommandRequest.newBuilder()
                                                                    .setCommand(command)
                                                                    .build()))
                            .getReply();
        } catch (StatusRuntimeException e) {
            // Malformed for margin-service: it will never be taken.
            return Optional.of(e.getStatus().toString());
        }
        return switch (reply.getOutcomeCase()) {
            case ACCEPTED -> Optional.empty();
            case REJECTED ->
                    Optional.of(
                            reply.getRejected().getReason()
                                    + ": "
                                    + reply.getRejected().getDetail());
            case NOT_TAKEN -> notTaken(reply);
            case OUTCOME_NOT_SET ->
                    throw new UnreachableException(
                            Peer.MARGIN, "no outcome for command " + command.getCommandId());
        };
    }

    private static Optional<String> notTaken(CommandReply reply) {
        String detail = reply.getNotTaken().getReason() + ": " + reply.getNotTaken().getDetail();
        if (reply.getNotTaken().getReason() == NotTakenReason.NOT_TAKEN_REASON_MALFORMED) {
            return Optional.of(detail);
        }
        throw new UnreachableException(
                Peer.MARGIN, "command " + reply.getCommandId() + " was not taken, " + detail);
    }

    @Override
    public List<ProfitablePosition> profitable(InstrumentId instrument, boolean isLong, int limit) {
        ListProfitablePositionsRequest request =
                ListProfitablePositionsRequest.newBuilder()
                        .setInstrumentId(instrument.value())
                        .setSide(
                                isLong
                                        ? PositionSide.POSITION_SIDE_LONG
                                        : PositionSide.POSITION_SIDE_SHORT)
                        .setPageSize(limit)
                        .build();
        try {
            return calls
                    .call(() -> calls.within(reads).listProfitablePositions(request))
                    .getPositionsList()
                    .stream()
                    .map(
                            position ->
                                    new ProfitablePosition(
                                            new AccountId(position.getAccountId()),
                                            new Position(
                                                    new InstrumentId(position.getInstrumentId()),
                                                    new Quantity(position.getSizeE8()),
                                                    new Money(position.getEntryCostE8())),
                                            new Money(position.getUnrealizedPnlE8()),
                                            new Money(position.getEquityE8()),
                                            new Money(position.getNotionalE8()),
                                            new Money(position.getOtherNotionalE8())))
                    .toList();
        } catch (StatusRuntimeException e) {
            if (GrpcCalls.isNotFound(e)) {
                return List.of();
            }
            throw wrong(e);
        }
    }

    private static UnreachableException wrong(StatusRuntimeException e) {
        return new UnreachableException(
                Peer.MARGIN, "margin-service refused a question: " + e.getStatus(), e);
    }
}
