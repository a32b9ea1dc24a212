package io.delever.margin.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.testing.Covers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Covers("JRNL-010")
final class ShardRouterTest {
    @ParameterizedTest
    @CsvSource({"alice, 2, 0", "bob, 2, 0", "acct-000001, 7, 5", "A, 1024, 76"})
    void theShardOfAnAccountNeverChanges(String id, int shards, int expected) {
        assertThat(new ShardRouter(shards).shardOf(new AccountId(id))).isEqualTo(expected);
    }

    @Test
    void accountsSpreadEvenly() {
        int[] count = new int[8];
        IntStream.range(0, 80_000)
                .forEach(i -> count[new ShardRouter(8).shardOf(new AccountId("acct-" + i))]++);

        assertThat(IntStream.of(count).boxed())
                .allSatisfy(n -> assertThat(n).isBetween(9_000, 11_000));
    }
}
