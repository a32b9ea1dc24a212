package io.delever.margin.persistence;

import io.delever.contracts.margin.v1.AccountEvent;
import io.delever.contracts.margin.v1.AccountOpened;
import io.delever.contracts.margin.v1.AssetListed;
import io.delever.contracts.margin.v1.BalanceChanged;
import io.delever.contracts.margin.v1.Counterparty;
import io.delever.contracts.margin.v1.InstrumentListed;
import io.delever.contracts.margin.v1.LeverageChosen;
import io.delever.contracts.margin.v1.PositionChanged;
import io.delever.contracts.margin.v1.TransferFinished;
import io.delever.contracts.margin.v1.TransferStarted;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.Optional;

/**
 * Events between the engine and the journal; an unknown one is an {@link IllegalArgumentException}.
 */
final class EventMessages {
    private EventMessages() {}

    static AccountEvent encode(io.delever.engine.margin.AccountEvent event) {
        AccountEvent.Builder message = AccountEvent.newBuilder();
        switch (event) {
            case io.delever.engine.margin.AccountEvent.AccountOpened e ->
                    message.setAccountOpened(
                            AccountOpened.newBuilder().setAccountId(e.account().value()));
            case io.delever.engine.margin.AccountEvent.BalanceChanged e ->
                    message.setBalanceChanged(encode(e));
            case io.delever.engine.margin.AccountEvent.PositionChanged e ->
                    message.setPositionChanged(encode(e));
            case io.delever.engine.margin.AccountEvent.LeverageChosen e ->
                    message.setLeverageChosen(
                            LeverageChosen.newBuilder()
                                    .setAccountId(e.account().value())
                                    .setInstrumentId(e.instrument().value())
                                    .setLeveragePpm(e.leverage().ppm()));
            case io.delever.engine.margin.AccountEvent.TransferStarted e ->
                    message.setTransferStarted(
                            TransferStarted.newBuilder()
                                    .setTransferId(e.transferId())
                                    .setFromAccountId(e.from().value())
                                    .setToAccountId(e.to().value())
                                    .setAssetId(e.asset().value())
                                    .setAmountE8(e.amount().e8()));
            case io.delever.engine.margin.AccountEvent.TransferFinished e ->
                    message.setTransferFinished(
                            TransferFinished.newBuilder().setTransferId(e.transferId()));
            case io.delever.engine.margin.AccountEvent.InstrumentListed e ->
                    message.setInstrumentListed(
                            InstrumentListed.newBuilder()
                                    .setInstrument(Listings.message(e.instrument())));
            case io.delever.engine.margin.AccountEvent.AssetListed e ->
                    message.setAssetListed(
                            AssetListed.newBuilder().setAsset(Listings.message(e.asset())));
        }
        return message.build();
    }

    static io.delever.engine.margin.AccountEvent decode(AccountEvent message) {
        return switch (message.getKindCase()) {
            case ACCOUNT_OPENED ->
                    new io.delever.engine.margin.AccountEvent.AccountOpened(
                            new AccountId(message.getAccountOpened().getAccountId()));
            case BALANCE_CHANGED -> decode(message.getBalanceChanged());
            case POSITION_CHANGED -> decode(message.getPositionChanged());
            case LEVERAGE_CHOSEN ->
                    new io.delever.engine.margin.AccountEvent.LeverageChosen(
                            new AccountId(message.getLeverageChosen().getAccountId()),
                            new InstrumentId(message.getLeverageChosen().getInstrumentId()),
                            new Leverage(message.getLeverageChosen().getLeveragePpm()));
            case TRANSFER_STARTED -> decode(message.getTransferStarted());
            case TRANSFER_FINISHED ->
                    new io.delever.engine.margin.AccountEvent.TransferFinished(
                            message.getTransferFinished().getTransferId());
            case INSTRUMENT_LISTED ->
                    new io.delever.engine.margin.AccountEvent.InstrumentListed(
                            Listings.instrument(message.getInstrumentListed().getInstrument()));
            case ASSET_LISTED ->
                    new io.delever.engine.margin.AccountEvent.AssetListed(
                            Listings.asset(message.getAssetListed().getAsset()));
            case KIND_NOT_SET ->
                    throw new IllegalArgumentException(
                            "an event of a kind unknown to this version");
        };
    }

    private static BalanceChanged encode(io.delever.engine.margin.AccountEvent.BalanceChanged e) {
        return BalanceChanged.newBuilder()
                .setAccountId(e.account().value())
                .setAssetId(e.asset().value())
                .setAmountE8(e.amount().e8())
                .setCounterparty(encode(e.counterparty()))
                .setCaseId(e.caseId().orElse(""))
                .build();
    }

    private static io.delever.engine.margin.AccountEvent.BalanceChanged decode(BalanceChanged m) {
        return new io.delever.engine.margin.AccountEvent.BalanceChanged(
                new AccountId(m.getAccountId()),
                new AssetId(m.getAssetId()),
                new Money(m.getAmountE8()),
                decode(m.getCounterparty()),
                optional(m.getCaseId()));
    }

    private static PositionChanged encode(io.delever.engine.margin.AccountEvent.PositionChanged e) {
        return PositionChanged.newBuilder()
                .setAccountId(e.account().value())
                .setInstrumentId(e.instrument().value())
                .setSizeE8(e.size().e8())
                .setPriceE8(e.price().e8())
                .setCostDeltaE8(e.costDelta().e8())
                .setRealizedPnlE8(e.realizedPnl().e8())
                .setTradeId(e.tradeId())
                .setCaseId(e.caseId().orElse(""))
                .build();
    }

    private static io.delever.engine.margin.AccountEvent.PositionChanged decode(PositionChanged m) {
        return new io.delever.engine.margin.AccountEvent.PositionChanged(
                new AccountId(m.getAccountId()),
                new InstrumentId(m.getInstrumentId()),
                new Quantity(m.getSizeE8()),
                new Price(m.getPriceE8()),
                new Money(m.getCostDeltaE8()),
                new Money(m.getRealizedPnlE8()),
                m.getTradeId(),
                optional(m.getCaseId()));
    }

    private static io.delever.engine.margin.AccountEvent.TransferStarted decode(TransferStarted m) {
        return new io.delever.engine.margin.AccountEvent.TransferStarted(
                m.getTransferId(),
                new AccountId(m.getFromAccountId()),
                new AccountId(m.getToAccountId()),
                new AssetId(m.getAssetId()),
                new Money(m.getAmountE8()));
    }

    private static Counterparty encode(io.delever.engine.margin.Counterparty counterparty) {
        return switch (counterparty) {
            case EXTERNAL -> Counterparty.COUNTERPARTY_EXTERNAL;
            case CLEARING -> Counterparty.COUNTERPARTY_CLEARING;
            case VENUE_FEES -> Counterparty.COUNTERPARTY_VENUE_FEES;
            case INSURANCE_FUND -> Counterparty.COUNTERPARTY_INSURANCE_FUND;
        };
    }

    private static io.delever.engine.margin.Counterparty decode(Counterparty counterparty) {
        return switch (counterparty) {
            case COUNTERPARTY_EXTERNAL -> io.delever.engine.margin.Counterparty.EXTERNAL;
            case COUNTERPARTY_CLEARING -> io.delever.engine.margin.Counterparty.CLEARING;
            case COUNTERPARTY_VENUE_FEES -> io.delever.engine.margin.Counterparty.VENUE_FEES;
            case COUNTERPARTY_INSURANCE_FUND ->
                    io.delever.engine.margin.Counterparty.INSURANCE_FUND;
            case COUNTERPARTY_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "a counterparty unknown to this version: " + counterparty);
        };
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
