/** What a run ends with: summary as text and JSON, and the HTML page with plots. */
@NullMarked
package io.delever.simulation.report;

import org.jspecify.annotations.NullMarked;
