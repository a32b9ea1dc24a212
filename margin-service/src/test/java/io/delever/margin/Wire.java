package io.delever.margin;

import io.delever.contracts.margin.v1.Asset;
import io.delever.contracts.margin.v1.AssetListing;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.Deposit;
import io.delever.contracts.margin.v1.FeeBeneficiary;
import io.delever.contracts.margin.v1.Fill;
import io.delever.contracts.margin.v1.Instrument;
import io.delever.contracts.margin.v1.InstrumentListing;
import io.delever.contracts.margin.v1.RiskTier;
import io.delever.contracts.margin.v1.Transfer;
import io.delever.contracts.margin.v1.Withdrawal;
import io.delever.engine.money.FixedPoint;

/** Commands as an outsider writes them: generated messages, decimals as text. */
public final class Wire {
    public static final String USD = "USD";
    public static final String BTC = "BTC-PERP";

    private Wire() {}

    public static long e8(String decimal) {
        return FixedPoint.parseE8(decimal);
    }

    public static Command deposit(String id, String account, String amount) {
        return command(id)
                .setDeposit(
                        Deposit.newBuilder()
                                .setAccountId(account)
                                .setAssetId(USD)
                                .setAmountE8(e8(amount)))
                .build();
    }

    public static Command withdrawal(String id, String account, String amount) {
        return command(id)
                .setWithdrawal(
                        Withdrawal.newBuilder()
                                .setAccountId(account)
                                .setAssetId(USD)
                                .setAmountE8(e8(amount)))
                .build();
    }

    public static Command transfer(String id, String from, String to, String amount) {
        return command(id)
                .setTransfer(
                        Transfer.newBuilder()
                                .setFromAccountId(from)
                                .setToAccountId(to)
                                .setAssetId(USD)
                                .setAmountE8(e8(amount)))
                .build();
    }

    public static Command fill(String id, String account, String size, String price) {
        return command(id).setFill(fillOf(account, BTC, size, price)).build();
    }

    public static Fill.Builder fillOf(
            String account, String instrument, String size, String price) {
        return Fill.newBuilder()
                .setAccountId(account)
                .setInstrumentId(instrument)
                .setSizeE8(e8(size))
                .setPriceE8(e8(price))
                .setFeeBeneficiary(FeeBeneficiary.FEE_BENEFICIARY_VENUE)
                .setTradeId("trade");
    }

    public static Command listUsd() {
        return command("list-usd")
                .setAssetListing(
                        AssetListing.newBuilder().setAsset(Asset.newBuilder().setAssetId(USD)))
                .build();
    }

    public static Command listInstrument(String id, String instrument) {
        return command(id)
                .setInstrumentListing(
                        InstrumentListing.newBuilder().setInstrument(instrument(instrument)))
                .build();
    }

    public static Instrument.Builder instrument(String id) {
        return Instrument.newBuilder()
                .setInstrumentId(id)
                .setBaseAssetId("BTC")
                .setSettlementAssetId(USD)
                .setTickSizeE8(e8("0.1"))
                .setLotSizeE8(e8("0.001"))
                .addTiers(
                        RiskTier.newBuilder()
                                .setInitialMarginPpm(100_000)
                                .setMaintenanceMarginPpm(50_000))
                .addTiers(
                        RiskTier.newBuilder()
                                .setNotionalFloorE8(e8("100000"))
                                .setInitialMarginPpm(200_000)
                                .setMaintenanceMarginPpm(100_000))
                .setTakerFeePpm(500)
                .setLiquidationFeePpm(10_000);
    }

    public static Command.Builder command(String id) {
        return Command.newBuilder().setCommandId(id);
    }
}
