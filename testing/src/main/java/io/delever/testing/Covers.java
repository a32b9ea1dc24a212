package io.delever.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rules of {@code docs/spec} that a test proves, for example {@code @Covers("MARG-004")}.
 * The build fails on a code without a test and on a test with an unknown code.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Covers {
    /** The codes, each of the form {@code ABCD-001}. */
    String[] value();
}
