package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One worked example.
 *
 * @param id its name in the file
 * @param kind which rule it is about
 * @param input what goes in
 * @param expected what was published
 * @param disputed true where the file itself says that the stated rule does not give the published
 *     figure
 */
record Example(String id, String kind, JsonNode input, JsonNode expected, boolean disputed) {}
