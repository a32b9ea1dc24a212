/**
 * Runs worked examples against the engine. Nothing here is a rule: JSON is put into the engine's
 * types and scales, the engine computes, and its figures are compared with the published ones.
 */
@NullMarked
package io.delever.simulation.conformance;

import org.jspecify.annotations.NullMarked;
