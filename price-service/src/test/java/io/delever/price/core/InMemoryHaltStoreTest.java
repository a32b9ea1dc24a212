package io.delever.price.core;

class InMemoryHaltStoreTest implements HaltStoreContract {
    private final HaltStore store = new InMemoryHaltStore();

    @Override
    public HaltStore store() {
        return store;
    }
}
