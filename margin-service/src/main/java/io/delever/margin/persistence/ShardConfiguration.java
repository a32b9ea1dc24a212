package io.delever.margin.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The one row that says over how many shards the accounts of this database are spread. */
@Entity
@Table(name = "shard_configuration")
public class ShardConfiguration extends PanacheEntityBase {
    /** The id of the one row. */
    public static final int ONLY = 1;

    @Id
    @Column(name = "id", nullable = false)
    public int id;

    @Column(name = "shard_count", nullable = false, updatable = false)
    public int shardCount;

    @Column(name = "created_at", nullable = false, updatable = false)
    public Instant createdAt;
}
