package io.delever.price.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One version of one index definition; rows are only ever added. */
@Entity
@Table(name = "index_definition")
public class IndexDefinitionEntity extends PanacheEntityBase {
    /** Rises with each stored version. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** The instrument. */
    @Column(name = "instrument_id", nullable = false, updatable = false, length = 64)
    public String instrumentId;

    /** From 1, without gaps for each instrument. */
    @Column(name = "version", nullable = false, updatable = false)
    public long version;

    /** The command that brought it. */
    @Column(name = "command_id", nullable = false, updatable = false, length = 128)
    public String commandId;

    /** Fewest sources. */
    @Column(name = "minimum_sources", nullable = false, updatable = false)
    public int minimumSources;

    /** Parts per million. */
    @Column(name = "outlier_limit_ppm", nullable = false, updatable = false)
    public long outlierLimitPpm;

    /** Price × 10⁸. */
    @Column(name = "tick_size_e8", nullable = false, updatable = false)
    public long tickSizeE8;

    /** Name of the outlier rule. */
    @Column(name = "outlier_rule", nullable = false, updatable = false, length = 16)
    public String outlierRule;

    /** Name of the average. */
    @Column(name = "index_average", nullable = false, updatable = false, length = 32)
    public String indexAverage;

    /** Window of weights that follow volume; null for the weights of the sources. */
    @Column(name = "volume_window_nanos", updatable = false)
    public @Nullable Long volumeWindowNanos;

    /** Parts per million. */
    @Column(name = "weight_cap_ppm", nullable = false, updatable = false)
    public long weightCapPpm;

    /** Parts per million. */
    @Column(name = "own_cap_ppm", nullable = false, updatable = false)
    public long ownCapPpm;

    /** Null where no source counts as frozen, together with the move. */
    @Column(name = "frozen_after_nanos", updatable = false)
    public @Nullable Long frozenAfterNanos;

    /** Parts per million. */
    @Column(name = "frozen_move_ppm", updatable = false)
    public @Nullable Long frozenMovePpm;

    /** When the command was received, since the Unix epoch. */
    @Column(name = "received_at_nanos", nullable = false, updatable = false)
    public long receivedAtNanos;

    /** In the order of the definition. */
    @ElementCollection
    @CollectionTable(name = "index_source", joinColumns = @JoinColumn(name = "definition_id"))
    @OrderColumn(name = "position")
    public List<IndexSourceEmbeddable> sources = new ArrayList<>();
}
