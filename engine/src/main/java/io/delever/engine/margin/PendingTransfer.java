package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;

/** Money that has left the sender and waits in clearing. */
public record PendingTransfer(
        String transferId, AccountId from, AccountId to, AssetId asset, Money amount) {
    /** The second leg, for the receiver's ledger. Sending it twice is harmless. */
    public Command credit(long eventTimeNanos) {
        return new Command(
                transferId + Command.CREDIT_SUFFIX,
                eventTimeNanos,
                new AccountCommand.TransferCredit(transferId, to, asset, amount));
    }

    /** The third leg, for the sender's ledger, with what the receiver's ledger answered. */
    public Command finish(Reply creditReply, long eventTimeNanos) {
        boolean delivered =
                switch (creditReply) {
                    case Reply.Accepted accepted -> true;
                    case Reply.Rejected rejected -> false;
                };
        return new Command(
                transferId + Command.FINISH_SUFFIX,
                eventTimeNanos,
                new AccountCommand.TransferFinish(transferId, delivered));
    }
}
