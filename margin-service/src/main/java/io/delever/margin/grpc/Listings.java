package io.delever.margin.grpc;

import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.Optional;

/**
 * Listed parameters between the calls and the engine. Every method that reads a message throws
 * {@link IllegalArgumentException} where it is not within the engine's limits.
 */
final class Listings {
    private Listings() {}

    /** An instrument as the engine has it. */
    static Instrument instrument(io.delever.contracts.margin.v1.Instrument message) {
        return new Instrument(
                new InstrumentId(message.getInstrumentId()),
                new AssetId(message.getBaseAssetId()),
                new AssetId(message.getSettlementAssetId()),
                new Price(message.getTickSizeE8()),
                new Quantity(message.getLotSizeE8()),
                TierTable.of(message.getTiersList().stream().map(Listings::tier).toList()),
                new Rate(message.getTakerFeePpm()),
                new Rate(message.getLiquidationFeePpm()));
    }

    /** An instrument as the contracts have it. */
    static io.delever.contracts.margin.v1.Instrument message(Instrument instrument) {
        return io.delever.contracts.margin.v1.Instrument.newBuilder()
                .setInstrumentId(instrument.id().value())
                .setBaseAssetId(instrument.base().value())
                .setSettlementAssetId(instrument.settlement().value())
                .setTickSizeE8(instrument.tickSize().e8())
                .setLotSizeE8(instrument.lotSize().e8())
                .addAllTiers(instrument.tiers().tiers().stream().map(Listings::message).toList())
                .setTakerFeePpm(instrument.takerFee().ppm())
                .setLiquidationFeePpm(instrument.liquidationFee().ppm())
                .build();
    }

    /** An asset as the engine has it. */
    static Asset asset(io.delever.contracts.margin.v1.Asset message) {
        return new Asset(
                new AssetId(message.getAssetId()),
                new Rate(message.getHaircutPpm()),
                message.getPricedByInstrumentId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new InstrumentId(message.getPricedByInstrumentId())));
    }

    /** An asset as the contracts have it. */
    static io.delever.contracts.margin.v1.Asset message(Asset asset) {
        return io.delever.contracts.margin.v1.Asset.newBuilder()
                .setAssetId(asset.id().value())
                .setHaircutPpm(asset.haircut().ppm())
                .setPricedByInstrumentId(asset.pricedBy().map(InstrumentId::value).orElse(""))
                .build();
    }

    private static RiskTier tier(io.delever.contracts.margin.v1.RiskTier message) {
        return new RiskTier(
                new Money(message.getNotionalFloorE8()),
                new Rate(message.getInitialMarginPpm()),
                new Rate(message.getMaintenanceMarginPpm()));
    }

    private static io.delever.contracts.margin.v1.RiskTier message(RiskTier tier) {
        return io.delever.contracts.margin.v1.RiskTier.newBuilder()
                .setNotionalFloorE8(tier.notionalFloor().e8())
                .setInitialMarginPpm(tier.initialMargin().ppm())
                .setMaintenanceMarginPpm(tier.maintenanceMargin().ppm())
                .build();
    }
}
