package io.delever.testing;

import java.security.SecureRandom;
import java.util.stream.LongStream;

/**
 * The seeds that a property test runs with: a few fixed ones, so that a failure stays a failure,
 * and one fresh one for each run, so that the tests go on looking (HOUS-020).
 *
 * <p>{@code -Ddelever.seed=N} runs only seed {@code N}.
 */
public final class Seeds {
    /** The system property that replaces all seeds by one. */
    public static final String PROPERTY = "delever.seed";

    private static final long[] FIXED = {1, 20_251_010, -8_446_744_073_709_551_557L};
    private static final long FRESH = new SecureRandom().nextLong();

    private Seeds() {}

    /**
     * The seeds of this run: the one given by {@value #PROPERTY}, or the fixed ones and a fresh
     * one.
     */
    public static LongStream all() {
        String given = System.getProperty(PROPERTY);
        if (given != null && !given.isBlank()) {
            return LongStream.of(Long.parseLong(given.strip()));
        }
        return LongStream.concat(LongStream.of(FIXED), LongStream.of(FRESH));
    }

    /**
     * The command that runs one test again with one seed.
     *
     * @param module the folder of the Maven module
     * @param test the class and the method, as {@code -Dtest} takes them
     */
    public static String rerunCommand(String module, String test, long seed) {
        return "./mvnw -pl "
                + module
                + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + test
                + " -D"
                + PROPERTY
                + "="
                + seed;
    }
}
