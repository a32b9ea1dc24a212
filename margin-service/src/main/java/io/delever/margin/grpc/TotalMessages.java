package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.AssetConservation;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.contracts.margin.v1.ProfitablePosition;
import io.delever.engine.margin.Conservation;

/** Totals and rankings as the contracts have them. */
final class TotalMessages {
    private TotalMessages() {}

    static GetConservationResponse conservation(Conservation totals) {
        GetConservationResponse.Builder message =
                GetConservationResponse.newBuilder()
                        .setConserved(totals.isConserved())
                        .setAccountCount(totals.accountCount())
                        .setCommandCount(totals.commandCount());
        for (Conservation.OfAsset asset : totals.assets()) {
            message.addAssets(
                    AssetConservation.newBuilder()
                            .setAssetId(asset.asset().value())
                            .setAccountsE8(asset.accounts().e8())
                            .setClearingE8(asset.clearing().e8())
                            .setVenueFeesE8(asset.venueFees().e8())
                            .setInsuranceE8(asset.insurance().e8())
                            .setNetDepositsE8(asset.netDeposits().e8())
                            .setResidueE8(asset.residue().e8()));
        }
        for (Conservation.OfInstrument instrument : totals.instruments()) {
            message.addInstruments(
                    InstrumentConservation.newBuilder()
                            .setInstrumentId(instrument.instrument().value())
                            .setAccountsSizeE8(instrument.accounts().e8())
                            .setClearingSizeE8(instrument.clearing().e8())
                            .setResidueSizeE8(instrument.residue().e8())
                            .setOpenInterestE8(instrument.openInterest().e8())
                            .setLongAccountCount(instrument.longAccounts())
                            .setShortAccountCount(instrument.shortAccounts()));
        }
        return message.build();
    }

    static ProfitablePosition position(io.delever.engine.margin.ProfitablePosition position) {
        return ProfitablePosition.newBuilder()
                .setAccountId(position.account().value())
                .setInstrumentId(position.position().instrument().value())
                .setSizeE8(position.position().size().e8())
                .setEntryCostE8(position.position().cost().e8())
                .setUnrealizedPnlE8(position.unrealizedPnl().e8())
                .setEquityE8(position.equity().e8())
                .setNotionalE8(position.notional().e8())
                .setOtherNotionalE8(position.otherNotional().e8())
                .build();
    }
}
