package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import java.util.Optional;

/**
 * Which cases are listed.
 *
 * @param before only cases with a smaller number
 * @param limit greatest number of cases
 * @param openOnly whether closed ones are left out
 * @param account all accounts where absent
 */
public record CaseQuery(long before, int limit, boolean openOnly, Optional<AccountId> account) {}
