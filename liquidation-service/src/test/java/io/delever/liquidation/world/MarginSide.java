package io.delever.liquidation.world;

import io.delever.contracts.margin.v1.Accepted;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.Asset;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.GetAccountResponse;
import io.delever.contracts.margin.v1.Instrument;
import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListAssetsResponse;
import io.delever.contracts.margin.v1.ListInstrumentsRequest;
import io.delever.contracts.margin.v1.ListInstrumentsResponse;
import io.delever.contracts.margin.v1.ListProfitablePositionsRequest;
import io.delever.contracts.margin.v1.ListProfitablePositionsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.PositionSide;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.contracts.margin.v1.SubmitCommandResponse;
import io.delever.contracts.margin.v1.UsedPrice;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskMonitor;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** margin-service as the contract describes it, over the engine's ledger. */
final class MarginSide {
    static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    static final AssetId USDC = new AssetId("USDC");

    private final AccountLedger ledger =
            new AccountLedger(new MarginParameters(Rate.parse("1.2"), 64));
    private final RiskMonitor monitor = new RiskMonitor(ledger);
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();
    private final List<StreamObserver<StreamRiskEventsResponse>> readers =
            new CopyOnWriteArrayList<>();
    private final Map<String, Integer> received = new TreeMap<>();
    private long sequence;
    private int nextCommand = 1;
    private boolean down;

    MarginSide() {
        act(
                new AccountCommand.AssetListing(
                        new io.delever.engine.market.Asset(USDC, Rate.ZERO, Optional.empty())));
        act(
                new AccountCommand.InstrumentListing(
                        new io.delever.engine.market.Instrument(
                                BTC,
                                new AssetId("BTC"),
                                USDC,
                                Price.parse("0.5"),
                                Quantity.parse("0.001"),
                                TierTable.of(
                                        List.of(
                                                new RiskTier(
                                                        Money.ZERO,
                                                        Rate.parse("0.05"),
                                                        Rate.parse("0.025")))),
                                Rate.parse("0.0005"),
                                Rate.parse("0.005"))));
    }

    // ------------------------------------------------------------ what a test says and asks

    synchronized void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            readers.forEach(reader -> reader.onError(Status.UNAVAILABLE.asRuntimeException()));
            readers.clear();
        }
    }

    synchronized void price(String mark) {
        price(new PriceState.Fresh(Price.parse(mark), Price.parse(mark), 1));
    }

    synchronized void stale(String mark) {
        price(new PriceState.Stale(Price.parse(mark), Price.parse(mark), 1));
    }

    private void price(PriceState state) {
        prices.put(BTC, state);
        publish(monitor.pricesChanged(List.of(BTC), this::priceOf, 1));
    }

    synchronized void act(AccountCommand action) {
        Reply reply = apply("test-" + nextCommand++, action);
        if (reply instanceof Reply.Rejected rejected) {
            throw new AssertionError(action + " was refused: " + rejected);
        }
    }

    synchronized Optional<AccountView> account(String id) {
        return ledger.account(new AccountId(id));
    }

    synchronized String position(String id) {
        return account(id)
                .flatMap(account -> account.position(BTC))
                .map(position -> position.size().toString())
                .orElse("0");
    }

    synchronized String balance(String id) {
        return account(id).map(account -> account.balance(USDC).toString()).orElse("none");
    }

    synchronized io.delever.engine.margin.Conservation conservation() {
        return ledger.conservation();
    }

    /** How often each command arrived that changed something or was repeated. */
    synchronized Map<String, Integer> received() {
        return Map.copyOf(received);
    }

    // ------------------------------------------------------------ what the engine does

    private Reply apply(String commandId, AccountCommand action) {
        Decision decision =
                ledger.decide(
                        new io.delever.engine.margin.Command(commandId, 1, action), this::priceOf);
        ledger.apply(decision);
        if (!decision.repeated()) {
            publish(monitor.applied(decision, this::priceOf));
        }
        return decision.reply();
    }

    private PriceState priceOf(InstrumentId instrument) {
        return prices.getOrDefault(instrument, new PriceState.Missing());
    }

    private void publish(List<RiskTransition> changes) {
        if (changes.isEmpty()) {
            return;
        }
        sequence++;
        StreamRiskEventsResponse message = message(changes, false);
        readers.forEach(reader -> reader.onNext(message));
    }

    private StreamRiskEventsResponse message(List<RiskTransition> changes, boolean snapshot) {
        StreamRiskEventsResponse.Builder message =
                StreamRiskEventsResponse.newBuilder()
                        .setEpoch("e1")
                        .setSequence(sequence)
                        .setSnapshot(snapshot);
        for (RiskTransition change : changes) {
            message.addEvents(
                    RiskEvent.newBuilder()
                            .setAccountId(change.account().value())
                            .setPrevious(state(change.previous()))
                            .setCurrent(state(change.current())));
        }
        return message.build();
    }

    private static RiskState state(io.delever.engine.margin.RiskState state) {
        return RiskState.valueOf("RISK_STATE_" + state.name());
    }

    // ------------------------------------------------------------ over gRPC

    private synchronized <T> boolean refuses(StreamObserver<T> responses) {
        if (down) {
            responses.onError(Status.UNAVAILABLE.withDescription("down").asRuntimeException());
        }
        return down;
    }

    private static <T> void answer(StreamObserver<T> responses, T message) {
        responses.onNext(message);
        responses.onCompleted();
    }

    /** Reads and the risk stream. */
    final class Reads extends MarginServiceGrpc.MarginServiceImplBase {
        @Override
        public void getAccount(
                GetAccountRequest request, StreamObserver<GetAccountResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            synchronized (MarginSide.this) {
                Optional<AccountView> account = account(request.getAccountId());
                if (account.isEmpty()) {
                    responses.onError(Status.NOT_FOUND.asRuntimeException());
                    return;
                }
                answer(
                        responses,
                        GetAccountResponse.newBuilder().setAccount(proto(account.get())).build());
            }
        }

        @Override
        public void streamRiskEvents(
                StreamRiskEventsRequest request,
                StreamObserver<StreamRiskEventsResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            ((io.grpc.stub.ServerCallStreamObserver<StreamRiskEventsResponse>) responses)
                    .setOnCancelHandler(() -> readers.remove(responses));
            synchronized (MarginSide.this) {
                readers.add(responses);
                responses.onNext(message(monitor.snapshot(), true));
            }
        }

        @Override
        public void listInstruments(
                ListInstrumentsRequest request, StreamObserver<ListInstrumentsResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            ListInstrumentsResponse.Builder message = ListInstrumentsResponse.newBuilder();
            ledger.instruments().values().forEach(each -> message.addInstruments(proto(each)));
            answer(responses, message.build());
        }

        @Override
        public void listAssets(
                ListAssetsRequest request, StreamObserver<ListAssetsResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            answer(
                    responses,
                    ListAssetsResponse.newBuilder()
                            .addAssets(Asset.newBuilder().setAssetId(USDC.value()))
                            .build());
        }

        @Override
        public void listProfitablePositions(
                ListProfitablePositionsRequest request,
                StreamObserver<ListProfitablePositionsResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            ListProfitablePositionsResponse.Builder message =
                    ListProfitablePositionsResponse.newBuilder();
            synchronized (MarginSide.this) {
                for (ProfitablePosition each :
                        ProfitablePosition.of(
                                ledger,
                                new InstrumentId(request.getInstrumentId()),
                                request.getSide() == PositionSide.POSITION_SIDE_LONG,
                                ledger.marketAt(MarginSide.this::priceOf),
                                request.getPageSize())) {
                    message.addPositions(
                            io.delever.contracts.margin.v1.ProfitablePosition.newBuilder()
                                    .setAccountId(each.account().value())
                                    .setInstrumentId(request.getInstrumentId())
                                    .setSizeE8(each.position().size().e8())
                                    .setEntryCostE8(each.position().cost().e8())
                                    .setUnrealizedPnlE8(each.unrealizedPnl().e8())
                                    .setEquityE8(each.equity().e8())
                                    .setNotionalE8(each.notional().e8())
                                    .setOtherNotionalE8(each.otherNotional().e8()));
                }
            }
            answer(responses, message.build());
        }
    }

    /** Commands. */
    final class Commands extends AccountCommandServiceGrpc.AccountCommandServiceImplBase {
        @Override
        public void submitCommand(
                SubmitCommandRequest request, StreamObserver<SubmitCommandResponse> responses) {
            if (refuses(responses)) {
                return;
            }
            Command command = request.getCommand();
            CommandReply.Builder reply =
                    CommandReply.newBuilder().setCommandId(command.getCommandId());
            synchronized (MarginSide.this) {
                received.merge(command.getCommandId(), 1, Integer::sum);
                switch (apply(command.getCommandId(), action(command))) {
                    case Reply.Accepted accepted ->
                            reply.setAccepted(
                                    Accepted.newBuilder().setSequence(accepted.sequence()));
                    case Reply.Rejected rejected ->
                            reply.setRejected(
                                    Rejected.newBuilder()
                                            .setReason(
                                                    RejectionReason.valueOf(
                                                            "REJECTION_REASON_"
                                                                    + rejected.reason().name()))
                                            .setDetail(rejected.detail()));
                }
            }
            answer(responses, SubmitCommandResponse.newBuilder().setReply(reply).build());
        }
    }

    private static AccountCommand action(Command command) {
        if (command.hasFill()) {
            var fill = command.getFill();
            return new AccountCommand.Fill(
                    new AccountId(fill.getAccountId()),
                    new InstrumentId(fill.getInstrumentId()),
                    new Quantity(fill.getSizeE8()),
                    new Price(fill.getPriceE8()),
                    new Money(fill.getFeeE8()),
                    FeeBeneficiary.valueOf(
                            fill.getFeeBeneficiary().name().substring("FEE_BENEFICIARY_".length())),
                    fill.getReduceOnly(),
                    fill.getTradeId(),
                    Optional.of(fill.getCaseId()));
        }
        var settlement = command.getInsuranceSettlement();
        return new AccountCommand.InsuranceSettlement(
                new AccountId(settlement.getAccountId()),
                new AssetId(settlement.getAssetId()),
                new Money(settlement.getAmountE8()),
                Optional.of(settlement.getCaseId()));
    }

    private Account proto(AccountView account) {
        io.delever.engine.margin.AccountMargin margin =
                MarginCalculator.evaluate(
                        account, ledger.marketAt(this::priceOf), ledger.parameters());
        Account.Builder message = Account.newBuilder().setAccountId(account.id().value());
        account.balances()
                .forEach(
                        (asset, amount) ->
                                message.addBalances(
                                        Balance.newBuilder()
                                                .setAssetId(asset.value())
                                                .setAmountE8(amount.e8())));
        AccountMargin.Builder figures = AccountMargin.newBuilder().setState(state(margin.state()));
        margin.figures().ifPresent(each -> put(figures, each));
        List<InstrumentId> held = new ArrayList<>();
        account.positions()
                .forEach(
                        position -> {
                            held.add(position.instrument());
                            figures.addPositions(
                                    PositionMargin.newBuilder()
                                            .setInstrumentId(position.instrument().value())
                                            .setSizeE8(position.size().e8())
                                            .setEntryCostE8(position.cost().e8()));
                        });
        held.forEach(instrument -> message.addPrices(used(instrument)));
        return message.setMargin(figures).build();
    }

    private static void put(AccountMargin.Builder message, MarginFigures figures) {
        message.setEquityE8(figures.equity().e8())
                .setAdjustedEquityE8(figures.adjustedEquity().e8())
                .setMaintenanceMarginE8(figures.maintenanceMargin().e8());
    }

    private UsedPrice used(InstrumentId instrument) {
        UsedPrice.Builder message =
                UsedPrice.newBuilder()
                        .setInstrumentId(instrument.value())
                        .setUsable(priceOf(instrument).isUsable());
        switch (priceOf(instrument)) {
            case PriceState.Fresh p -> put(message, p.index(), p.mark());
            case PriceState.Degraded p -> put(message, p.index(), p.mark());
            case PriceState.Stale p -> put(message, p.lastIndex(), p.lastMark());
            case PriceState.Missing p -> message.setUsable(p.isUsable());
        }
        return message.build();
    }

    private static void put(UsedPrice.Builder message, Price index, Price mark) {
        message.setIndexPriceE8(index.e8()).setMarkPriceE8(mark.e8());
    }

    private static Instrument proto(io.delever.engine.market.Instrument instrument) {
        Instrument.Builder message =
                Instrument.newBuilder()
                        .setInstrumentId(instrument.id().value())
                        .setBaseAssetId(instrument.base().value())
                        .setSettlementAssetId(instrument.settlement().value())
                        .setTickSizeE8(instrument.tickSize().e8())
                        .setLotSizeE8(instrument.lotSize().e8())
                        .setTakerFeePpm(instrument.takerFee().ppm())
                        .setLiquidationFeePpm(instrument.liquidationFee().ppm());
        for (RiskTier tier : instrument.tiers().tiers()) {
            message.addTiers(
                    io.delever.contracts.margin.v1.RiskTier.newBuilder()
                            .setNotionalFloorE8(tier.notionalFloor().e8())
                            .setInitialMarginPpm(tier.initialMargin().ppm())
                            .setMaintenanceMarginPpm(tier.maintenanceMargin().ppm()));
        }
        return message.build();
    }
}
