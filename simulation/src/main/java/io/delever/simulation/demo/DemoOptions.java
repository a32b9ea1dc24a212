package io.delever.simulation.demo;

import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.Database;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo run needs to know.
 *
 * @param scenario what is played, already with the chosen seed, window and number of accounts
 * @param tape folder with recorded data, where the scenario needs it
 * @param speed market seconds in a second, at least 1
 * @param home the project's root
 * @param data folder for database files, logs and the run's number
 * @param fresh whether to start with empty databases
 * @param gatewayPort port of the page, where one was asked for
 * @param database a running PostgreSQL; empty for the embedded one
 */
public record DemoOptions(
        Scenario scenario,
        Optional<Path> tape,
        long speed,
        Path home,
        Path data,
        boolean fresh,
        Optional<Integer> gatewayPort,
        Optional<Database> database) {}
