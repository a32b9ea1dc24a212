package io.delever.engine.pricing;

/**
 * One source that does not take part now.
 *
 * @param source the source
 * @param reason why
 */
public record SourceExclusion(SourceId source, ExclusionReason reason) {}
