package io.delever.simulation.demo;

import io.delever.contracts.margin.v1.Asset;
import io.delever.contracts.margin.v1.AssetListing;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.Deposit;
import io.delever.contracts.margin.v1.FeeBeneficiary;
import io.delever.contracts.margin.v1.Fill;
import io.delever.contracts.margin.v1.Instrument;
import io.delever.contracts.margin.v1.InstrumentListing;
import io.delever.contracts.margin.v1.RiskTier;
import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.market.InstrumentId;
import java.util.function.LongUnaryOperator;

/** From the engine's commands to the contracts' messages. */
final class ContractMapping {
    private ContractMapping() {}

    static Command command(io.delever.engine.margin.Command command) {
        Command.Builder message =
                Command.newBuilder()
                        .setCommandId(command.commandId())
                        .setEventTimeNanos(command.eventTimeNanos());
        switch (command.action()) {
            case AccountCommand.Deposit deposit ->
                    message.setDeposit(
                            Deposit.newBuilder()
                                    .setAccountId(deposit.account().value())
                                    .setAssetId(deposit.asset().value())
                                    .setAmountE8(deposit.amount().e8()));
            case AccountCommand.Fill fill -> message.setFill(fill(fill));
            case AccountCommand.InstrumentListing listing ->
                    message.setInstrumentListing(
                            InstrumentListing.newBuilder()
                                    .setInstrument(instrument(listing.instrument())));
            case AccountCommand.AssetListing listing ->
                    message.setAssetListing(
                            AssetListing.newBuilder()
                                    .setAsset(
                                            Asset.newBuilder()
                                                    .setAssetId(listing.asset().id().value())
                                                    .setHaircutPpm(listing.asset().haircut().ppm())
                                                    .setPricedByInstrumentId(
                                                            listing.asset()
                                                                    .pricedBy()
                                                                    .map(InstrumentId::value)
                                                                    .orElse(""))));
            case AccountCommand.Withdrawal other -> throw unused(other);
            case AccountCommand.Transfer other -> throw unused(other);
            case AccountCommand.TransferCredit other -> throw unused(other);
            case AccountCommand.TransferFinish other -> throw unused(other);
            case AccountCommand.LeverageChange other -> throw unused(other);
            case AccountCommand.MarginModeChange other -> throw unused(other);
            case AccountCommand.InsuranceSettlement other -> throw unused(other);
        }
        return message.build();
    }

    private static Fill fill(AccountCommand.Fill fill) {
        return Fill.newBuilder()
                .setAccountId(fill.account().value())
                .setInstrumentId(fill.instrument().value())
                .setSizeE8(fill.size().e8())
                .setPriceE8(fill.price().e8())
                .setFeeE8(fill.fee().e8())
                .setFeeBeneficiary(
                        switch (fill.feeBeneficiary()) {
                            case VENUE -> FeeBeneficiary.FEE_BENEFICIARY_VENUE;
                            case INSURANCE_FUND -> FeeBeneficiary.FEE_BENEFICIARY_INSURANCE_FUND;
                        })
                .setReduceOnly(fill.reduceOnly())
                .setTradeId(fill.tradeId())
                .setCaseId(fill.caseId().orElse(""))
                .build();
    }

    private static Instrument instrument(io.delever.engine.market.Instrument one) {
        Instrument.Builder message =
                Instrument.newBuilder()
                        .setInstrumentId(one.id().value())
                        .setBaseAssetId(one.base().value())
                        .setSettlementAssetId(one.settlement().value())
                        .setTickSizeE8(one.tickSize().e8())
                        .setLotSizeE8(one.lotSize().e8())
                        .setTakerFeePpm(one.takerFee().ppm())
                        .setLiquidationFeePpm(one.liquidationFee().ppm());
        one.tiers()
                .tiers()
                .forEach(
                        tier ->
                                message.addTiers(
                                        RiskTier.newBuilder()
                                                .setNotionalFloorE8(tier.notionalFloor().e8())
                                                .setInitialMarginPpm(tier.initialMargin().ppm())
                                                .setMaintenanceMarginPpm(
                                                        tier.maintenanceMargin().ppm())));
        return message.build();
    }

    /** An index definition whose staleness limits are those of a replay. */
    static IndexDefinition index(
            io.delever.engine.pricing.IndexDefinition one, LongUnaryOperator replayed) {
        IndexDefinition.Builder message =
                IndexDefinition.newBuilder()
                        .setInstrumentId(one.instrument().value())
                        .setMinimumSources(one.minimumSources())
                        .setOutlierLimitPpm(one.outlierLimit().ppm())
                        .setTickSizeE8(one.tickSize().e8());
        one.sources()
                .forEach(
                        source ->
                                message.addSources(
                                        IndexSource.newBuilder()
                                                .setVenueId(source.id().venue().value())
                                                .setMarket(source.id().market())
                                                .setWeight(source.weight())
                                                .setStalenessLimitNanos(
                                                        replayed.applyAsLong(
                                                                source.stalenessLimitNanos()))));
        return message.build();
    }

    private static IllegalStateException unused(AccountCommand command) {
        return new IllegalStateException("the demo sends no " + command.getClass().getSimpleName());
    }
}
