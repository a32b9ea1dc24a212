package io.delever.engine.population;

import io.delever.engine.account.AccountView;

/** Where an account stands in the columns. */
final class Row {
    AccountView account;
    Lane lane;
    int index;

    Row(AccountView account, Lane lane) {
        this.account = account;
        this.lane = lane;
    }
}
