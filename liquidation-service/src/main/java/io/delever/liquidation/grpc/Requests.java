package io.delever.liquidation.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/** Reads and refuses what callers send. */
final class Requests {
    private Requests() {}

    /** A page size; 0 means the default. */
    static int pageSize(int given, int byDefault, int greatest) {
        if (given < 0 || given > greatest) {
            throw Failures.invalid("page_size", Integer.toString(given), "0 to " + greatest);
        }
        return given == 0 ? byDefault : given;
    }

    /** The place after which a page begins; an empty token begins with the newest. */
    static long before(String token) {
        if (token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            String text =
                    new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            long before = Long.parseLong(text);
            if (before > 0) {
                return before;
            }
        } catch (IllegalArgumentException e) {
            throw notGivenHere(token);
        }
        throw notGivenHere(token);
    }

    private static RuntimeException notGivenHere(String token) {
        return Failures.invalid("page_token", token, "a token from the page before");
    }

    static String token(long before) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(before).getBytes(StandardCharsets.US_ASCII));
    }

    /** An id of the engine, or a refusal that names the field. */
    static <T> T id(String field, String value, Function<String, T> constructor) {
        try {
            return constructor.apply(value);
        } catch (IllegalArgumentException e) {
            throw Failures.invalid(field, value, String.valueOf(e.getMessage()));
        }
    }
}
