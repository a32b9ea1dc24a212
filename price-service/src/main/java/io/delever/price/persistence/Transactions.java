package io.delever.price.persistence;

import io.delever.price.core.StoreUnavailableException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;

/** Work in a transaction of its own; where the database does not do it, the core is told so. */
final class Transactions {
    private Transactions() {}

    static <T> T call(Supplier<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(work::get);
        } catch (PersistenceException | QuarkusTransactionException e) {
            throw new StoreUnavailableException("the database did not take or give it", e);
        }
    }
}
