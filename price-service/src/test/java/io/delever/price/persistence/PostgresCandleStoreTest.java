package io.delever.price.persistence;

import io.delever.price.core.CandleStore;
import io.delever.price.core.CandleStoreContract;
import io.delever.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class PostgresCandleStoreTest implements CandleStoreContract {
    @Inject PostgresCandleStore store;

    @Override
    public CandleStore candles() {
        return store;
    }
}
