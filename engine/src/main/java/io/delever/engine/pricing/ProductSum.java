package io.delever.engine.pricing;

import java.math.BigInteger;

/** A sum of products of non-negative numbers, exact at any size, divided and rounded once. */
final class ProductSum {
    private BigInteger sum = BigInteger.ZERO;

    void add(long a, long b) {
        sum = sum.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    }

    /**
     * The sum divided by {@code divisor}, half-even.
     *
     * @param divisor above 0
     * @throws ArithmeticException where the result does not fit
     */
    long dividedHalfEven(long divisor) {
        return dividedHalfEven(BigInteger.valueOf(divisor));
    }

    /** The same with a divisor that is a product of two, both above 0. */
    long dividedHalfEven(long divisor, long times) {
        return dividedHalfEven(BigInteger.valueOf(divisor).multiply(BigInteger.valueOf(times)));
    }

    private long dividedHalfEven(BigInteger by) {
        BigInteger[] parts = sum.divideAndRemainder(by);
        int half = parts[1].shiftLeft(1).compareTo(by);
        boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
        return (up ? parts[0].add(BigInteger.ONE) : parts[0]).longValueExact();
    }
}
