package io.delever.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.pricing.FundingSettlement.Holding;
import io.delever.engine.pricing.FundingSettlement.Payment;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FundingSettlementTest {
    @Test
    @Covers("FNDG-006")
    void longsPayAPositiveRateAndEveryRoundingIsAgainstTheAccount() {
        FundingSettlement settled =
                FundingSettlement.of(
                        List.of(holding("a", "2"), holding("b", "-1.5"), holding("c", "-0.5")),
                        Price.parse("60000"),
                        100_000);
        assertThat(settled.payments())
                .containsExactly(payment("a", "-12"), payment("b", "9"), payment("c", "3"));
        assertThat(settled.residue()).isEqualTo(Money.ZERO);
        FundingSettlement dust =
                FundingSettlement.of(
                        List.of(holding("a", "0.00000001"), holding("b", "-0.00000001")),
                        Price.parse("1"),
                        1);
        assertThat(dust.payments()).containsExactly(payment("a", "-0.00000001"), payment("b", "0"));
        assertThat(dust.residue()).isEqualTo(new Money(1));
    }

    @Test
    @Covers("FNDG-007")
    void paymentsAndResidueAddUpToNothing() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            int accounts = 2 + random.nextInt(30);
            List<Holding> holdings = new ArrayList<>();
            Quantity open = Quantity.ZERO;
            for (int i = 1; i < accounts; i++) {
                Quantity size = new Quantity(random.nextLong(-1_000_000_000L, 1_000_000_000L));
                holdings.add(new Holding(new AccountId("a" + i), size));
                open = open.plus(size);
            }
            holdings.add(new Holding(new AccountId("last"), open.negate()));
            FundingSettlement settled =
                    FundingSettlement.of(
                            holdings,
                            new Price(1 + random.nextLong(10_000_000_000_000L)),
                            random.nextLong(-500_000_000, 500_000_000));
            Money sum = settled.residue();
            for (Payment payment : settled.payments()) {
                sum = sum.plus(payment.amount());
            }
            assertThat(sum).as("seed %d", seed).isEqualTo(Money.ZERO);
            assertThat(settled.residue())
                    .as("seed %d", seed)
                    .isBetween(Money.ZERO, new Money(accounts - 1));
        }
    }

    @Test
    @Covers("FNDG-007")
    void sizesThatDoNotAddUpAreRefused() {
        List<Holding> open = List.of(holding("a", "2"), holding("b", "-1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FundingSettlement.of(open, Price.parse("1"), 1))
                .withMessageContaining("sum of all sizes: 1, limit 0");
        assertThat(FundingSettlement.of(List.of(), Price.parse("1"), 1).residue())
                .isEqualTo(Money.ZERO);
    }

    private static Holding holding(String account, String size) {
        return new Holding(new AccountId(account), Quantity.parse(size));
    }

    private static Payment payment(String account, String amount) {
        return new Payment(new AccountId(account), Money.parse(amount));
    }
}
