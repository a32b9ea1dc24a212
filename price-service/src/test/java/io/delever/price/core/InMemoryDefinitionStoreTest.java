package io.delever.price.core;

class InMemoryDefinitionStoreTest implements DefinitionStoreContract {
    private final DefinitionStore store = new InMemoryDefinitionStore();

    @Override
    public DefinitionStore store() {
        return store;
    }
}
