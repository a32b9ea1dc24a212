package io.delever.price.persistence;

import io.delever.price.core.HaltStore;
import io.delever.price.core.HaltStoreContract;
import io.delever.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class PostgresHaltStoreTest implements HaltStoreContract {
    @Inject PostgresHaltStore store;

    @Override
    public HaltStore store() {
        return store;
    }
}
