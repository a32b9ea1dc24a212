package io.delever.price.core;

class InMemoryCandleStoreTest implements CandleStoreContract {
    private final InMemoryCandleStore store = new InMemoryCandleStore();

    @Override
    public CandleStore candles() {
        return store;
    }
}
