package io.delever.margin.core;

/**
 * Where the result of a read goes; called once, on a shard's or committer's thread, and must not
 * block.
 */
public interface ReadReply<T> {
    /** The value, complete up to what was durable when it was given. */
    void value(T value);

    /** It could not be read. */
    void failed(RuntimeException failure);

    /** True where nobody waits any more, so the work may be left undone. */
    boolean isAbandoned();
}
