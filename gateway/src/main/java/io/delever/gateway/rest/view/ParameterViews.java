package io.delever.gateway.rest.view;

import io.delever.contracts.margin.v1.Asset;
import io.delever.contracts.margin.v1.Instrument;
import io.delever.contracts.margin.v1.RiskTier;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is listed, and with which risk parameters. */
public final class ParameterViews {
    private ParameterViews() {}

    /** The instruments. */
    public record InstrumentList(List<InstrumentView> instruments) {}

    /** The collateral assets. */
    public record AssetList(List<AssetView> assets) {}

    /** An instrument and its risk parameters. */
    public record InstrumentView(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(examples = {"BTC"}) String baseAssetId,
            @Schema(examples = {"USD"}) String settlementAssetId,
            Decimal tickSize,
            Decimal lotSize,
            Ratio takerFee,
            Ratio liquidationFee,
            List<TierView> tiers) {

        /** From the wire. */
        public static InstrumentView of(Instrument instrument) {
            return new InstrumentView(
                    instrument.getInstrumentId(),
                    instrument.getBaseAssetId(),
                    instrument.getSettlementAssetId(),
                    new Decimal(instrument.getTickSizeE8()),
                    new Decimal(instrument.getLotSizeE8()),
                    new Ratio(instrument.getTakerFeePpm()),
                    new Ratio(instrument.getLiquidationFeePpm()),
                    instrument.getTiersList().stream().map(TierView::of).toList());
        }
    }

    /** A risk tier: from {@code notionalFloor} on these rates hold. */
    public record TierView(Decimal notionalFloor, Ratio initialMargin, Ratio maintenanceMargin) {
        static TierView of(RiskTier tier) {
            return new TierView(
                    new Decimal(tier.getNotionalFloorE8()),
                    new Ratio(tier.getInitialMarginPpm()),
                    new Ratio(tier.getMaintenanceMarginPpm()));
        }
    }

    /** A collateral asset. */
    public record AssetView(
            @Schema(examples = {"USD"}) String assetId,
            @Schema(description = "Share of a positive balance that is not counted as collateral.")
                    Ratio haircut,
            @Schema(
                            description =
                                    "The instrument whose index values it; absent for the unit of"
                                            + " account.")
                    Optional<String> pricedByInstrumentId) {

        /** From the wire. */
        public static AssetView of(Asset asset) {
            return new AssetView(
                    asset.getAssetId(),
                    new Ratio(asset.getHaircutPpm()),
                    Views.text(asset.getPricedByInstrumentId()));
        }
    }
}
