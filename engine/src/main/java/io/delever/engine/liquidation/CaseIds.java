package io.delever.engine.liquidation;

/** The ids a case sends out; they follow from its persisted events alone (LIQD-030). */
public final class CaseIds {
    private CaseIds() {}

    /** Of a step's order. */
    public static String clientOrder(CaseId caseId, int step) {
        return caseId + "-" + step;
    }

    /** Of the command that books a fill, and of the entry that credits its fee. */
    public static String fill(CaseId caseId, String fillId) {
        return caseId + ":" + fillId;
    }

    /** Of an ADL trade, the same on both sides. */
    public static String adlTrade(CaseId caseId, int step, int leg) {
        return caseId + "-" + step + ":" + leg;
    }

    /** Of the command that books the counterparty's side of an ADL leg. */
    public static String adlCounterparty(CaseId caseId, int step, int leg) {
        return adlTrade(caseId, step, leg) + ":counterparty";
    }

    /** Of the command that books the case's account's side of an ADL leg. */
    public static String adlAccount(CaseId caseId, int step, int leg) {
        return adlTrade(caseId, step, leg) + ":account";
    }

    /** Of the command that settles a draw on the account. */
    public static String settlement(CaseId caseId, int step) {
        return caseId + "-" + step + ":settle";
    }

    /** Of the ledger entry of a draw. */
    public static String draw(CaseId caseId, int step) {
        return caseId + "-" + step + ":draw";
    }

    /** Of the reservation for an order at the venue. */
    public static String reservation(CaseId caseId, int step) {
        return caseId + "-" + step + ":reserve";
    }

    /** Of what the order's fills used of it, held until the draw. */
    public static String used(CaseId caseId, int step) {
        return caseId + "-" + step + ":used";
    }
}
