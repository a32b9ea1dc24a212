package io.delever.liquidation.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.AdlAllocation;
import io.delever.engine.liquidation.AdlTerms;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFill;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderPlan;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.liquidation.WaitReason;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@Covers("LSVC-011")
class CaseEventCodecTest {
    private static final AssetId USDC = new AssetId("USDC");
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final Money MONEY = new Money(-1_234_567_890_123_456_789L);
    private static final String TEXT = "because \"of\" \\ ü\n";

    private static OrderPlan plan(Optional<Price> bankruptcy) {
        return new OrderPlan(
                BTC,
                USDC,
                Quantity.parse("-1.5"),
                Price.parse("59000.5"),
                Price.parse("60000"),
                bankruptcy,
                Rate.parse("0.005"),
                Money.parse("3"));
    }

    private static List<CaseEvent> one() {
        return List.of(
                new CaseEvent.Opened(new CaseId("C1"), new AccountId("alice"), MONEY, MONEY, 1),
                new CaseEvent.Frozen(List.of(BTC, new InstrumentId("ETH-PERP")), 5, 2),
                new CaseEvent.Unfrozen(3),
                new CaseEvent.OrderPlanned(1, plan(Optional.empty()), TEXT, 4),
                new CaseEvent.OrderPlanned(2, plan(Optional.of(new Price(7))), TEXT, 4),
                new CaseEvent.FundReserved(1, USDC, Money.parse("3"), 5),
                new CaseEvent.OrderAbandoned(1, 99, 6),
                new CaseEvent.OrderEnded(
                        1,
                        OrderStatus.EXPIRED,
                        List.of(
                                new CaseFill(
                                        new OrderFill(
                                                "f1", Quantity.parse("0.5"), Price.parse("59001")),
                                        Money.parse("0.25"),
                                        CaseFill.Stage.RECORDED)),
                        TEXT,
                        7),
                new CaseEvent.FillBooked(1, "f1", USDC, Money.parse("0.25"), 8),
                new CaseEvent.FillRefused(1, "f1", TEXT, 9),
                new CaseEvent.OrderFinished(1, USDC, Money.parse("2"), 98, 10),
                new CaseEvent.AttemptFailed(WaitReason.DEPTH, TEXT, 97, 11),
                new CaseEvent.AdlPlanned(
                        2,
                        new AdlTerms(BTC, Quantity.parse("1"), new Price(5), new Price(6)),
                        List.of(new AdlAllocation(new AccountId("bob"), Quantity.parse("0.7"))),
                        TEXT,
                        12),
                new CaseEvent.AdlCounterpartyBooked(2, 0, 13),
                new CaseEvent.AdlLegRefused(2, 1, TEXT, 14),
                new CaseEvent.AdlLegBooked(2, 3, 15),
                new CaseEvent.AdlFinished(2, 96, 16),
                new CaseEvent.AdlPaused(TEXT, 95, 17),
                new CaseEvent.DrawPlanned(3, USDC, Money.parse("400"), TEXT, 18),
                new CaseEvent.FundDrawn(3, USDC, Money.parse("300"), Money.parse("1"), 19),
                new CaseEvent.SettlementBooked(3, 20),
                new CaseEvent.SettlementRefused(3, TEXT, 94, 21),
                new CaseEvent.Uncovered(Money.parse("100"), 93, 22),
                new CaseEvent.StepsExhausted(1000, 92, 23),
                new CaseEvent.Closed(
                        CaseOutcome.COVERED_BY_FUND,
                        List.of(new CaseEvent.Held(USDC, Money.parse("9"))),
                        TEXT,
                        24));
    }

    @Test
    void everyKindOfEventReadsBackAsItWasWritten() {
        for (CaseEvent event : one()) {
            CaseEventCodec.Encoded encoded = CaseEventCodec.encode(event);
            assertThat(CaseEventCodec.decode(encoded.kind(), event.timeNanos(), encoded.payload()))
                    .as("%s", encoded)
                    .isEqualTo(event);
        }
    }

    @Test
    void noKindOfEventIsForgottenHere() {
        Set<Class<?>> written = one().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList(CaseEvent.class.getPermittedSubclasses()));
    }

    @Test
    void whatWasNotWrittenHereIsRefused() {
        assertThatThrownBy(() -> CaseEventCodec.decode("SETTLEMENT_BOOKED", 1, "{}"))
                .hasMessageContaining("has no step");
        assertThatThrownBy(() -> CaseEventCodec.decode("SETTLEMENT_BOOKED", 1, "{\"step\":1.5}"))
                .hasMessageContaining("is no integer");
        assertThatThrownBy(() -> CaseEventCodec.decode("SETTLEMENT_BOOKED", 1, "{"))
                .hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> CaseEventCodec.decode("SOMETHING", 1, "{}"))
                .hasMessageContaining("unknown kind");
    }
}
