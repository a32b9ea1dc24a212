/**
 * The command line: one class for each subcommand, registered in {@link
 * io.delever.simulation.cli.Main}.
 */
@NullMarked
package io.delever.simulation.cli;

import org.jspecify.annotations.NullMarked;
