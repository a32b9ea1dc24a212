package io.delever.liquidation.grpc;

/**
 * What callers may ask for at once.
 *
 * @param maxReaders greatest number of case streams
 * @param adlCandidates greatest number of profitable accounts ranked for one queue
 */
public record CallLimits(int maxReaders, int adlCandidates) {}
