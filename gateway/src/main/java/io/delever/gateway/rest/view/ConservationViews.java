package io.delever.gateway.rest.view;

import io.delever.contracts.margin.v1.AssetConservation;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.gateway.rest.json.Decimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The check that no money and no size was made or lost. */
public final class ConservationViews {
    private ConservationViews() {}

    /** Sums over all accounts and house accounts. */
    public record ConservationView(
            @Schema(description = "True where every residue is exactly 0.") boolean conserved,
            long accountCount,
            long commandCount,
            List<AssetSumView> assets,
            List<InstrumentSumView> instruments) {

        /** From the wire. */
        public static ConservationView of(GetConservationResponse response) {
            return new ConservationView(
                    response.getConserved(),
                    response.getAccountCount(),
                    response.getCommandCount(),
                    response.getAssetsList().stream().map(AssetSumView::of).toList(),
                    response.getInstrumentsList().stream().map(InstrumentSumView::of).toList());
        }
    }

    /** accounts + clearing + venueFees + insurance − netDeposits = residue. */
    public record AssetSumView(
            String assetId,
            Decimal accounts,
            Decimal clearing,
            Decimal venueFees,
            Decimal insurance,
            Decimal netDeposits,
            @Schema(description = "Must be 0.") Decimal residue) {

        static AssetSumView of(AssetConservation asset) {
            return new AssetSumView(
                    asset.getAssetId(),
                    new Decimal(asset.getAccountsE8()),
                    new Decimal(asset.getClearingE8()),
                    new Decimal(asset.getVenueFeesE8()),
                    new Decimal(asset.getInsuranceE8()),
                    new Decimal(asset.getNetDepositsE8()),
                    new Decimal(asset.getResidueE8()));
        }
    }

    /** accountsSize + clearingSize = residueSize. */
    public record InstrumentSumView(
            String instrumentId,
            Decimal accountsSize,
            Decimal clearingSize,
            @Schema(description = "Must be 0.") Decimal residueSize,
            @Schema(description = "Sum of the long sizes.") Decimal openInterest) {

        static InstrumentSumView of(InstrumentConservation instrument) {
            return new InstrumentSumView(
                    instrument.getInstrumentId(),
                    new Decimal(instrument.getAccountsSizeE8()),
                    new Decimal(instrument.getClearingSizeE8()),
                    new Decimal(instrument.getResidueSizeE8()),
                    new Decimal(instrument.getOpenInterestE8()));
        }
    }
}
