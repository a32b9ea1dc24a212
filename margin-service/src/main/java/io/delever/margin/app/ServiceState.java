package io.delever.margin.app;

/** How far the service is on its way to serving, in words for an operator. */
public sealed interface ServiceState {
    /** For a person to read. */
    String description();

    /** Tries to become the only writer. */
    record Claiming(String description) implements ServiceState {}

    /** Reads the journal. */
    record Replaying(String description) implements ServiceState {}

    /** Takes commands. */
    record Serving(String description) implements ServiceState {}

    /** Has stopped or is about to. */
    record Stopped(String description) implements ServiceState {}
}
