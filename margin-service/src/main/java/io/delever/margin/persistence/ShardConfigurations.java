package io.delever.margin.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** The number of shards, fixed by the first start on a database. JRNL-011. */
@ApplicationScoped
public class ShardConfigurations {
    /**
     * Records the number of shards at the first start and compares it at every later one.
     *
     * @throws IllegalStateException where the database was set up with another number
     */
    @Transactional
    public void confirm(int shardCount, InstantSource clock) {
        ShardConfiguration recorded = ShardConfiguration.findById(ShardConfiguration.ONLY);
        if (recorded == null) {
            ShardConfiguration first = new ShardConfiguration();
            first.id = ShardConfiguration.ONLY;
            first.shardCount = shardCount;
            first.createdAt = clock.instant();
            first.persist();
        } else if (recorded.shardCount != shardCount) {
            throw new IllegalStateException(
                    ("delever.shards.count is %d, but this database was set up with %d shards at"
                         + " %s; the place of an account follows from the number of shards, so it"
                         + " cannot change: set delever.shards.count=%d")
                            .formatted(
                                    shardCount,
                                    recorded.shardCount,
                                    recorded.createdAt,
                                    recorded.shardCount));
        }
    }
}
