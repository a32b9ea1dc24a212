package io.delever.margin.core;

final class InMemoryJournalTest extends AccountJournalContract {
    private final InMemoryJournal.Store store = new InMemoryJournal.Store();

    @Override
    protected AccountJournal process() {
        return new InMemoryJournal(store);
    }

    @Override
    protected void kill(AccountJournal process) {
        ((InMemoryJournal) process).vanish();
    }
}
