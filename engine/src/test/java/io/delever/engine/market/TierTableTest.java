package io.delever.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TierTableTest {
    private static final TierTable THREE_TIERS =
            TierTable.of(
                    List.of(
                            tier("0", "0.02", "0.01"),
                            tier("50000", "0.05", "0.025"),
                            tier("250000", "0.1", "0.05")));

    @Test
    @Covers("MKTS-002")
    void requirementIsRateTimesNotionalLessCumulativeAmount() {
        assertThat(THREE_TIERS.maintenanceMargin(Money.parse("10000"))).hasToString("100");
        // 0.01 × 50,000 + 0.025 × 50,000
        assertThat(THREE_TIERS.maintenanceMargin(Money.parse("100000"))).hasToString("1750");
        // 0.02 × 50,000 + 0.05 × 200,000 + 0.1 × 50,000
        assertThat(THREE_TIERS.initialMargin(Money.parse("300000"))).hasToString("16000");
        assertThat(THREE_TIERS.cumulativeMaintenanceAmount(Money.parse("300000")))
                .hasToString("7000");
        assertThat(THREE_TIERS.cumulativeInitialAmount(Money.parse("300000"))).hasToString("14000");
        assertThat(THREE_TIERS.tierOf(Money.parse("50000")).notionalFloor()).hasToString("50000");
        assertThat(THREE_TIERS.tierOf(Money.parse("49999.99999999")).notionalFloor())
                .isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("MKTS-002")
    void publishedTableOfCumulativeAmountsIsReproduced() {
        String[] floors = {
            "0", "50000", "100000", "200000", "250000", "500000", "1000000", "1250000", "2500000"
        };
        String[] rates = {"0.005", "0.01", "0.02", "0.025", "0.05", "0.1", "0.125", "0.25", "0.5"};
        String[] amounts = {
            "0", "250", "1250", "2250", "8500", "33500", "58500", "214750", "839750"
        };
        List<RiskTier> tiers = new ArrayList<>();
        for (int k = 0; k < floors.length; k++) {
            tiers.add(tier(floors[k], rates[k], rates[k]));
        }
        TierTable table = TierTable.of(tiers);
        for (int k = 0; k < floors.length; k++) {
            assertThat(table.cumulativeMaintenanceAmount(Money.parse(floors[k])))
                    .hasToString(amounts[k]);
        }
    }

    @SeededTest
    @Covers("MKTS-002")
    void requirementsAreContinuousAndNeverFallOverRandomTables(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            TierTable table = randomTable(random);
            for (RiskTier tier : table.tiers()) {
                long floor = tier.notionalFloor().e8();
                checkMarginal(table, floor);
                if (floor > 0) {
                    long below = table.maintenanceMarginE8(floor - 1);
                    assertThat(table.maintenanceMarginE8(floor) - below).isBetween(0L, 1L);
                    assertThat(table.initialMarginE8(floor) - table.initialMarginE8(floor - 1))
                            .isBetween(0L, 1L);
                }
                checkMarginal(table, floor + random.nextLong(1_000_000_000_000L));
            }
        }
    }

    /**
     * The requirement is the sum over the tiers of rate × part of the notional in the tier, rounded
     * up.
     */
    private static void checkMarginal(TierTable table, long notional) {
        BigInteger sum = BigInteger.ZERO;
        List<RiskTier> tiers = table.tiers();
        for (int k = 0; k < tiers.size(); k++) {
            long floor = tiers.get(k).notionalFloor().e8();
            long ceiling =
                    k + 1 < tiers.size() ? tiers.get(k + 1).notionalFloor().e8() : Long.MAX_VALUE;
            long part = Math.max(0, Math.min(notional, ceiling) - floor);
            sum =
                    sum.add(
                            BigInteger.valueOf(part)
                                    .multiply(
                                            BigInteger.valueOf(
                                                    tiers.get(k).maintenanceMargin().ppm())));
        }
        BigInteger million = BigInteger.valueOf(1_000_000);
        BigInteger expected = sum.add(million).subtract(BigInteger.ONE).divide(million);
        assertThat(table.maintenanceMarginE8(notional))
                .as("notional %d, %s", notional, table)
                .isEqualTo(expected.longValueExact());
    }

    @Test
    @Covers("MKTS-003")
    void aBadTableIsRefusedWithItsRow() {
        refused("1 to 64 tiers, given 0");
        refused("tier 0: the first floor must be 0", tier("1", "0.1", "0.1"));
        refused("tier 0: maintenance margin must be > 0 ppm", tier("0", "0.1", "0"));
        refused("100001 ppm is above initial 100000 ppm", tier("0", "0.1", "0.100001"));
        refused("initial margin 1000001 ppm is above", tier("0", "1.000001", "0.1"));
        refused(
                "tier 1: floor 0 must be above the one before, 0",
                tier("0", "0.1", "0.05"),
                tier("0", "0.1", "0.05"));
        refused("tier 1: rates", tier("0", "0.1", "0.05"), tier("1", "0.1", "0.04"));
        refused("tier 1: rates", tier("0", "0.1", "0.05"), tier("1", "0.09", "0.05"));
        refused(
                "is not a multiple of 0.00000001",
                tier("0", "0.1", "0.05"),
                tier("0.00000001", "0.1", "0.050001"));
        refused("given 65", many(65));
        assertThat(TierTable.of(List.of(many(64))).tiers()).hasSize(64);
    }

    private static RiskTier[] many(int count) {
        RiskTier[] tiers = new RiskTier[count];
        for (int k = 0; k < count; k++) {
            tiers[k] = tier(Integer.toString(k), "0.1", "0.05");
        }
        return tiers;
    }

    private static void refused(String message, RiskTier... tiers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.of(List.of(tiers)))
                .withMessageContaining(message);
    }

    private static TierTable randomTable(SplittableRandom random) {
        List<RiskTier> tiers = new ArrayList<>();
        long floor = 0;
        long maintenance = 1 + random.nextLong(5_000);
        long initial = maintenance + random.nextLong(5_000);
        int count = 1 + random.nextInt(8);
        for (int k = 0; k < count; k++) {
            tiers.add(new RiskTier(new Money(floor), new Rate(initial), new Rate(maintenance)));
            floor += 1_000_000L * (1 + random.nextLong(1_000_000));
            maintenance += random.nextLong(50_000);
            initial = Math.max(initial, maintenance) + random.nextLong(50_000);
        }
        return TierTable.of(tiers);
    }

    private static RiskTier tier(String floor, String initial, String maintenance) {
        return new RiskTier(Money.parse(floor), Rate.parse(initial), Rate.parse(maintenance));
    }
}
