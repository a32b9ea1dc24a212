package io.delever.price.persistence;

import io.delever.price.core.DefinitionStore;
import io.delever.price.core.DefinitionStoreContract;
import io.delever.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class PostgresDefinitionStoreTest implements DefinitionStoreContract {
    @Inject PostgresDefinitionStore store;

    @Override
    public DefinitionStore store() {
        return store;
    }
}
