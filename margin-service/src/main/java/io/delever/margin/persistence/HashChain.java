package io.delever.margin.persistence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash chain over one shard's entries: each value is SHA-256 over the value before and the
 * bytes of the entry. JRNL-005.
 */
final class HashChain {
    static final int LENGTH = 32;

    private final MessageDigest digest;
    private byte[] value = new byte[LENGTH];

    HashChain() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The values that entries would get, without moving the chain. */
    List<byte[]> preview(List<byte[]> entries) {
        List<byte[]> values = new ArrayList<>(entries.size());
        byte[] previous = value;
        for (byte[] entry : entries) {
            previous = next(previous, entry);
            values.add(previous);
        }
        return values;
    }

    /** Moves the chain to a value that {@link #preview} has given. */
    void moveTo(byte[] newValue) {
        value = newValue.clone();
    }

    /** Moves the chain over an entry; false where the stored value is another one. */
    boolean extendAndVerify(byte[] entry, byte[] stored) {
        value = next(value, entry);
        return MessageDigest.isEqual(value, stored);
    }

    private byte[] next(byte[] previous, byte[] entry) {
        digest.update(previous);
        return digest.digest(entry);
    }
}
