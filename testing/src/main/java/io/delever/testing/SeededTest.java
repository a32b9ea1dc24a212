package io.delever.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A property test with one {@code long} parameter, the seed; it runs once for each of {@link
 * Seeds}. A failure prints the seed and the command that runs it again (HOUS-021).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(SeedArguments.class)
@ExtendWith(SeedReport.class)
public @interface SeededTest {}
