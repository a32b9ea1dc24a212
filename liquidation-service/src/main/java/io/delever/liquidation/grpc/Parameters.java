package io.delever.liquidation.grpc;

import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListInstrumentsRequest;
import io.delever.contracts.margin.v1.MarginServiceGrpc.MarginServiceBlockingStub;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instruments and assets as margin-service lists them, kept until something in an account
 * contradicts them.
 */
final class Parameters {
    private final MarginServiceBlockingStub stub;
    private final GrpcCalls calls;
    private volatile Listed listed = new Listed(Map.of(), Map.of());

    Parameters(MarginServiceBlockingStub stub, GrpcCalls calls) {
        this.stub = stub;
        this.calls = calls;
    }

    /** Everything listed at one time. */
    record Listed(Map<InstrumentId, Instrument> instruments, Map<AssetId, Asset> assets) {
        Listed {
            instruments = Map.copyOf(instruments);
            assets = Map.copyOf(assets);
        }

        boolean has(Set<InstrumentId> wantedInstruments, Set<AssetId> wantedAssets) {
            return instruments.keySet().containsAll(wantedInstruments)
                    && assets.keySet().containsAll(wantedAssets);
        }
    }

    Listed current() {
        return listed;
    }

    Listed refreshed() {
        Map<InstrumentId, Instrument> instruments = new HashMap<>();
        calls.call(
                        () ->
                                calls.within(stub)
                                        .listInstruments(
                                                ListInstrumentsRequest.getDefaultInstance()))
                .getInstrumentsList()
                .forEach(
                        message -> {
                            Instrument instrument = instrument(message);
                            instruments.put(instrument.id(), instrument);
                        });
        Map<AssetId, Asset> assets = new HashMap<>();
        calls.call(() -> calls.within(stub).listAssets(ListAssetsRequest.getDefaultInstance()))
                .getAssetsList()
                .forEach(
                        message -> {
                            Asset asset = asset(message);
                            assets.put(asset.id(), asset);
                        });
        listed = new Listed(instruments, assets);
        return listed;
    }

    private static Instrument instrument(io.delever.contracts.margin.v1.Instrument message) {
        return new Instrument(
                new InstrumentId(message.getInstrumentId()),
                new AssetId(message.getBaseAssetId()),
                new AssetId(message.getSettlementAssetId()),
                new Price(message.getTickSizeE8()),
                new Quantity(message.getLotSizeE8()),
                TierTable.of(
                        message.getTiersList().stream()
                                .map(
                                        tier ->
                                                new RiskTier(
                                                        new Money(tier.getNotionalFloorE8()),
                                                        new Rate(tier.getInitialMarginPpm()),
                                                        new Rate(tier.getMaintenanceMarginPpm())))
                                .toList()),
                new Rate(message.getTakerFeePpm()),
                new Rate(message.getLiquidationFeePpm()));
    }

    private static Asset asset(io.delever.contracts.margin.v1.Asset message) {
        return new Asset(
                new AssetId(message.getAssetId()),
                new Rate(message.getHaircutPpm()),
                message.getPricedByInstrumentId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new InstrumentId(message.getPricedByInstrumentId())));
    }
}
