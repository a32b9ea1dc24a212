package io.delever.engine.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.margin.IsolatedMargin.Lot;
import io.delever.engine.margin.IsolatedMargin.Reduction;
import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IsolatedMarginTest {
    private static final List<Lot> BUYS = List.of(lot("10", "40"), lot("10", "50"));
    private static final List<Lot> SELLS = List.of(lot("20", "70"), lot("5", "60"));
    private static final Ratio HALF = n("0.5");

    @Test
    @Covers("MARG-075")
    void slippageAndRiskFactorAddUp() {
        assertThat(RiskFactorMargin.maintenance(n("15900"), n("-1"), n("0.25"), n("0.1")))
                .isEqualTo(n("5565"));
    }

    @Test
    @Covers("MARG-076")
    void anOpeningAuctionChargesAtTheIndicativePrice() {
        assertThat(
                        RiskFactorMargin.inOpeningAuction(
                                n("10"), n("3"), Optional.of(n("100")), n("0.1")))
                .isEqualTo(n("100"));
        assertThat(RiskFactorMargin.inOpeningAuction(n("10"), n("3"), Optional.empty(), n("0.1")))
                .isEqualTo(n("3"));
    }

    @Test
    @Covers("MARG-080")
    void aPositionNeedsAFactorOfItsNotional() {
        assertThat(IsolatedMargin.required(n("15912"), n("-3"), n("0.9"))).isEqualTo(n("42962.4"));
    }

    @Test
    @Covers("MARG-081")
    void ordersNeedTheGreaterOfTheirSides() {
        assertThat(orders("0")).isEqualTo(n("850"));
        assertThat(orders("-3")).as("sells add, buys reduce by 3").isEqualTo(n("850"));
        assertThat(orders("10")).as("5 at 60 and 5 at 70 are free").isEqualTo(n("525"));
        assertThat(orders("25")).as("all sells reduce").isEqualTo(n("450"));
        assertThat(IsolatedMargin.forOrders(n("-15"), BUYS, List.of(), HALF, Ratio.ZERO))
                .as("the dearest buys trade first")
                .isEqualTo(n("100"));
        assertThat(IsolatedMargin.forOrders(n("0"), BUYS, List.of(), HALF, n("45")))
                .as("in an auction at 45")
                .isEqualTo(n("475"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lot("-1", "2"))
                .withMessageContaining("size -1");
    }

    @Test
    @Covers("MARG-082")
    void aReducedPositionGivesBackItsShareOfTheSettledBalance() {
        Reduction reduction = reduction("20", "5", "10", lot("5", "12"), lot("10", "9"));
        assertThat(IsolatedMargin.released(reduction, n("400"), n("12"))).isEqualTo(n("270"));
        assertThat(IsolatedMargin.released(reduction, n("40"), n("12")))
                .as("nothing is left")
                .isEqualTo(Ratio.ZERO);
        Reduction closed = reduction("-20", "0", "10", lot("20", "10"));
        assertThat(IsolatedMargin.released(closed, n("100"), n("12"))).isEqualTo(n("140"));
    }

    @Test
    @Covers("MARG-083")
    void aNewSideIsMarginedAtTheTradesThatOpenedIt() {
        Reduction flip = reduction("20", "-5", "11.4", lot("15", "11"), lot("10", "12"));
        assertThat(IsolatedMargin.requiredByFlip(flip, HALF)).isEqualTo(n("30"));
        Reduction mixed = reduction("2", "-5", "11", lot("4", "10"), lot("3", "12"));
        assertThat(IsolatedMargin.requiredByFlip(mixed, HALF))
                .as("2 of the first trade and all of the second")
                .isEqualTo(n("28"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                IsolatedMargin.requiredByFlip(
                                        reduction("2", "1", "1", lot("1", "1")), HALF))
                .withMessageContaining("keeps its side");
    }

    @Test
    @Covers("MARG-082")
    void whatIsNoReductionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reduction("2", "3", "1", lot("1", "1")))
                .withMessageContaining("not reduced");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reduction("0", "3", "1", lot("3", "1")))
                .withMessageContaining("not reduced");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reduction("3", "1", "1", lot("1", "1")))
                .withMessageContaining("trades of 1");
    }

    @Test
    @Covers("MARG-084")
    void aSwitchTopsUpWhatIsMissing() {
        assertThat(IsolatedMargin.topUp(n("500"), n("10"))).isEqualTo(n("490"));
        assertThat(IsolatedMargin.topUp(n("500"), n("510"))).isEqualTo(Ratio.ZERO);
    }

    private static Ratio orders(String position) {
        return IsolatedMargin.forOrders(n(position), BUYS, SELLS, HALF, Ratio.ZERO);
    }

    private static Reduction reduction(String before, String after, String price, Lot... trades) {
        return new Reduction(n(before), n(after), List.of(trades), n(price));
    }

    private static Lot lot(String size, String price) {
        return new Lot(n(size), n(price));
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
