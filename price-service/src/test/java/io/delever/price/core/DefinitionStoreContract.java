package io.delever.price.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.pricing.IndexDefinition;
import io.delever.testing.Covers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store does. */
public interface DefinitionStoreContract {
    /** The store under test; it may hold definitions of others. */
    DefinitionStore store();

    private List<IndexDefinition> newest(String prefix) {
        return store().newest().stream()
                .filter(each -> each.instrument().value().startsWith(prefix))
                .toList();
    }

    private StoredDefinition put(String commandId, IndexDefinition definition) {
        return store().put(new DefinitionCommand(commandId, definition, 42));
    }

    /** The newest version stands, whatever came between. */
    @Test
    @Covers({"PSVC-021", "PSVC-022"})
    default void newestVersionOfEachStandsAndRepeatsChangeNothing() {
        String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        IndexDefinition b = CoreFixture.definition(prefix + "B", "v2", "v1", "v3");
        IndexDefinition a1 = CoreFixture.definition(prefix + "A", "v1");
        IndexDefinition a2 = CoreFixture.definition(prefix + "A", "v1", "v2");
        assertThat(newest(prefix)).isEmpty();
        assertThat(put(prefix + 1, b)).isEqualTo(new StoredDefinition(b, false));
        assertThat(put(prefix + 2, a1)).isEqualTo(new StoredDefinition(a1, false));
        assertThat(put(prefix + 3, a2)).isEqualTo(new StoredDefinition(a2, false));
        assertThat(put(prefix + 2, b)).isEqualTo(new StoredDefinition(a1, true));
        assertThat(newest(prefix)).containsExactly(a2, b);
        assertThat(put(prefix + 4, a1)).isEqualTo(new StoredDefinition(a1, false));
        assertThat(newest(prefix)).containsExactly(a1, b);
    }
}
