package io.delever.margin.core;

import io.delever.engine.account.AccountId;

/**
 * Which shard an account lives in: FNV-1a (32 bits) over the characters of its id, mixed once,
 * modulo the number of shards. The journal depends on it, so it never changes. JRNL-010.
 */
public final class ShardRouter {
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int MIX = 0x85EBCA6B;

    private final int shardCount;

    /** Routes over this many shards. */
    public ShardRouter(int shardCount) {
        this.shardCount = shardCount;
    }

    /** From 0 to one less than the number of shards. */
    public int shardOf(AccountId account) {
        int hash = FNV_OFFSET;
        String id = account.value();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 16)) * MIX;
        hash ^= hash >>> 13;
        return Math.floorMod(hash, shardCount);
    }
}
