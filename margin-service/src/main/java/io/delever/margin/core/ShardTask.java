package io.delever.margin.core;

/** Something that waits in a shard's queue. */
interface ShardTask {
    /** Does it; on the shard's thread. */
    void run();

    /** It will not be done. On any thread. */
    void refuse(NotTakenReason reason, String detail);
}
