package io.delever.simulation.conformance;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Examples that others build on: {@code "positionsOf": "ADL-P5-LEV0"}. What they build on is what
 * was published.
 */
final class References {
    private final Map<String, Example> byId = new HashMap<>();

    /** The examples of the file come first, those of other files fill what it lacks. */
    References(Collection<Example> examples, Collection<Example> others) {
        others.forEach(example -> byId.put(example.id(), example));
        examples.forEach(example -> byId.put(example.id(), example));
    }

    /** An account with one position, as the examples of one family print it. */
    record Trader(BigDecimal size, BigDecimal collateral) {}

    /** The accounts under {@code positions} or of the example named by {@code positionsOf}. */
    Map<String, Trader> traders(Input input) {
        Input positions =
                input.has("positions")
                        ? input.get("positions")
                        : inputOf(input.get("positionsOf").text()).get("positions");
        Map<String, Trader> traders = new LinkedHashMap<>();
        positions
                .fields()
                .forEach(
                        (name, one) -> {
                            BigDecimal size = one.number("qty", "size");
                            if (one.has("side")) {
                                size =
                                        size.abs()
                                                .multiply(
                                                        BigDecimal.valueOf(one.get("side").side()));
                            }
                            traders.put(
                                    name,
                                    new Trader(size, one.numberOr(BigDecimal.ZERO, "collateral")));
                        });
        return traders;
    }

    /**
     * Numbers by account: {@code name} itself, or the published figure of that name of the examples
     * that {@code nameOf} lists, added up.
     */
    Map<String, BigDecimal> numbers(Input input, String name) {
        if (input.has(name)) {
            Map<String, BigDecimal> numbers = new LinkedHashMap<>();
            input.get(name)
                    .fields()
                    .forEach((account, value) -> numbers.put(account, value.number()));
            return numbers;
        }
        return published(input.get(name + "Of"), name);
    }

    /** Published figures by account of the examples that are listed, added up. */
    Map<String, BigDecimal> published(Input references, String name) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (Input reference : references.itemsOrSelf()) {
            Input published = Input.of(reference.text() + ".expected", of(reference).expected());
            published
                    .get(name)
                    .fields()
                    .forEach(
                            (account, value) ->
                                    sums.merge(account, value.number(), BigDecimal::add));
        }
        return sums;
    }

    private Input inputOf(String id) {
        Example example = byId.get(id);
        if (example == null) {
            throw new ShapeException("it builds on " + id + ", which is not there");
        }
        return Input.of(id + ".input", example.input());
    }

    private Example of(Input reference) {
        Example example = byId.get(reference.text());
        if (example == null) {
            throw new ShapeException(
                    reference.path() + " names " + reference.text() + ", which is not there");
        }
        return example;
    }
}
