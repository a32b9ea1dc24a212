package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.USD;
import static io.delever.engine.margin.Fixtures.tier;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingRuleTest {
    private final Ledgers at = new Ledgers();

    @Test
    @Covers("MARG-022")
    void riskParametersAreReplacedFromThatCommandOn() {
        Instrument stricter =
                Fixtures.instrument(
                        BTC_PERP, BTC, "0.5", "0.0005", List.of(tier("0", "0.5", "0.4")));
        at.accept(new AccountCommand.InstrumentListing(stricter));
        assertThat(at.ledger.instruments().get(BTC_PERP)).isEqualTo(stricter);
    }

    @Test
    @Covers("MARG-022")
    void aRelistingKeepsWhatOpenPositionsStandOn() {
        Reply.Rejected lot =
                at.reject(
                        new AccountCommand.InstrumentListing(
                                Fixtures.instrument(
                                        BTC_PERP,
                                        BTC,
                                        "0.1",
                                        "0.002",
                                        List.of(tier("0", "0.1", "0.05")))));
        assertThat(lot.reason()).isEqualTo(RejectionReason.INVALID_PARAMETERS);
        assertThat(lot.detail())
                .isEqualTo("lot size of BTC-PERP is 0.001, 0.002 does not divide it");
        Reply.Rejected base =
                at.reject(
                        new AccountCommand.InstrumentListing(
                                Fixtures.instrument(
                                        BTC_PERP,
                                        ETH,
                                        "0.1",
                                        "0.001",
                                        List.of(tier("0", "0.1", "0.05")))));
        assertThat(base.reason()).isEqualTo(RejectionReason.INVALID_PARAMETERS);
    }

    @Test
    @Covers("MARG-022")
    void anInstrumentSettlesInTheUnitOfAccount() {
        assertThat(at.reject(settledIn(ETH)).reason()).isEqualTo(RejectionReason.UNKNOWN_ASSET);
        assertThat(at.reject(settledIn(BTC)).reason())
                .isEqualTo(RejectionReason.INVALID_PARAMETERS);
        at.accept(settledIn(USD));
    }

    @Test
    @Covers("MARG-023")
    void thereIsOneUnitOfAccount() {
        Asset second = new Asset(ETH, Rate.ZERO, Optional.empty());
        assertThat(at.reject(new AccountCommand.AssetListing(second)).detail())
                .isEqualTo("asset ETH has no price; the unit of account is USD");
        Asset priced = new Asset(USD, Rate.ZERO, Optional.of(BTC_PERP));
        assertThat(at.reject(new AccountCommand.AssetListing(priced)).reason())
                .isEqualTo(RejectionReason.INVALID_PARAMETERS);
        Asset unit = new Asset(BTC, Rate.ZERO, Optional.empty());
        assertThat(at.reject(new AccountCommand.AssetListing(unit)).reason())
                .isEqualTo(RejectionReason.INVALID_PARAMETERS);
        at.accept(new AccountCommand.AssetListing(Fixtures.USD_ASSET));
        Asset other = new Asset(BTC, Rate.parse("0.5"), Optional.of(ETH_PERP));
        at.accept(new AccountCommand.AssetListing(other));
        assertThat(at.ledger.assets().get(BTC)).isEqualTo(other);
    }

    @Test
    @Covers({"MARG-022", "MARG-023"})
    void listingsAreBounded() {
        for (int i = 2; i < ListingRule.MAX_LISTINGS; i++) {
            at.accept(asset("A" + i));
            at.accept(instrument("I" + i));
        }
        assertThat(at.reject(asset("X")).detail())
                .isEqualTo("4096 assets are listed, the limit is 4096");
        assertThat(at.reject(instrument("X")).detail())
                .isEqualTo("4096 instruments are listed, the limit is 4096");
        at.accept(asset("A2"));
        at.accept(instrument("I2"));
    }

    private static AccountCommand asset(String id) {
        return new AccountCommand.AssetListing(
                new Asset(new AssetId(id), Rate.ZERO, Optional.of(BTC_PERP)));
    }

    private static AccountCommand instrument(String id) {
        return new AccountCommand.InstrumentListing(
                Fixtures.instrument(
                        new InstrumentId(id),
                        BTC,
                        "0.1",
                        "0.001",
                        List.of(tier("0", "0.1", "0.05"))));
    }

    private static AccountCommand settledIn(AssetId settlement) {
        Instrument like = Fixtures.BTC_INSTRUMENT;
        return new AccountCommand.InstrumentListing(
                new Instrument(
                        new InstrumentId("NEW"),
                        like.base(),
                        settlement,
                        Price.parse("1"),
                        Quantity.parse("1"),
                        like.tiers(),
                        like.takerFee(),
                        like.liquidationFee()));
    }
}
