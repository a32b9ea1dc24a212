package io.delever.engine.margin;

/**
 * A command as it enters a ledger.
 *
 * @param commandId unique for ever: 1 to {@link #MAX_ID_LENGTH} printable ASCII characters; a
 *     repeated one gets its first reply
 * @param eventTimeNanos when it happened, since the Unix epoch
 */
public record Command(String commandId, long eventTimeNanos, AccountCommand action) {
    /** 128 for a client's id, and room for the suffix of a transfer's second leg. */
    public static final int MAX_ID_LENGTH = 140;

    /** Ends the id of a transfer's second leg. */
    public static final String CREDIT_SUFFIX = ":credit";

    /** Ends the id of a transfer's third leg. */
    public static final String FINISH_SUFFIX = ":finish";

    /** Refuses a text that is no command id with an {@link IllegalArgumentException}. */
    public Command {
        if (commandId.isEmpty() || commandId.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "command id must have 1 to "
                            + MAX_ID_LENGTH
                            + " characters, has "
                            + commandId.length());
        }
        if (!commandId.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("command id must be printable ASCII without space");
        }
        if (!fits(commandId, action)) {
            throw new IllegalArgumentException(
                    "command id "
                            + commandId
                            + " does not fit: "
                            + CREDIT_SUFFIX
                            + " and "
                            + FINISH_SUFFIX
                            + " end the ids of a transfer's own legs, and of nothing else");
        }
    }

    /**
     * A stranger's command with the id of a leg would get in first, and its reply would be taken
     * for the leg's.
     */
    private static boolean fits(String commandId, AccountCommand action) {
        return switch (action) {
            case AccountCommand.TransferCredit leg ->
                    commandId.equals(leg.transferId() + CREDIT_SUFFIX);
            case AccountCommand.TransferFinish leg ->
                    commandId.equals(leg.transferId() + FINISH_SUFFIX);
            case AccountCommand.Deposit _,
                    AccountCommand.Withdrawal _,
                    AccountCommand.Transfer _,
                    AccountCommand.Fill _,
                    AccountCommand.LeverageChange _,
                    AccountCommand.MarginModeChange _,
                    AccountCommand.InsuranceSettlement _,
                    AccountCommand.InstrumentListing _,
                    AccountCommand.AssetListing _ ->
                    !commandId.endsWith(CREDIT_SUFFIX) && !commandId.endsWith(FINISH_SUFFIX);
        };
    }
}
