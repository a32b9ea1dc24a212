package io.delever.simulation.demo;

import io.delever.engine.account.AccountId;

/**
 * Ids of one run on a data folder that may have seen others: the run's number stands in front of
 * every account, command and fill, so that nothing of an earlier run is taken for this one's.
 *
 * @param number from 1
 */
record RunNames(int number) {
    /** Starts every id of the run. */
    String prefix() {
        return "r" + number + "-";
    }

    /** The run's name of an account of the scenario. */
    AccountId account(AccountId scenarioName) {
        return new AccountId(prefix() + scenarioName.value());
    }

    /** Whether an account is this run's. */
    boolean isOurs(String accountId) {
        return accountId.startsWith(prefix());
    }
}
