package io.delever.engine.account;

import io.delever.engine.market.Ids;

/**
 * An account's id: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -}. Ties end on its order.
 *
 * @param value the id as written everywhere
 */
public record AccountId(String value) implements Comparable<AccountId> {
    /** Refuses any other text with an {@link IllegalArgumentException}. */
    public AccountId {
        Ids.check("account id", value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
