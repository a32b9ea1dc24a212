package io.delever.gateway.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line of the tokens file: the machine that holds the token, never the token itself.
 *
 * @param id names the machine in logs and in the audit log
 * @param hash SHA-256 of the token, lower-case hexadecimal
 * @param expires from when on it is refused
 * @param roles at least one
 * @param accounts own accounts of a trader
 */
record ApiToken(String id, String hash, Instant expires, Set<String> roles, Set<String> accounts) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    ApiToken {
        roles = Set.copyOf(roles);
        accounts = Set.copyOf(accounts);
    }

    /**
     * Reads {@code id sha256 expires role,role account,account|-}.
     *
     * @throws IllegalArgumentException where the line is anything else; the message holds no hash
     */
    static ApiToken parse(String line) {
        List<String> parts = List.of(line.strip().split("\\s+", -1));
        if (parts.size() != 5) {
            throw new IllegalArgumentException("5 fields are needed, there are " + parts.size());
        }
        if (!ID.matcher(parts.get(0)).matches()) {
            throw new IllegalArgumentException("the id must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        if (!HASH.matcher(parts.get(1)).matches()) {
            throw new IllegalArgumentException("the hash must be 64 lower-case hexadecimal digits");
        }
        Set<String> roles = Set.of(parts.get(3).split(",", -1));
        if (!Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("unknown role in " + roles);
        }
        Set<String> accounts =
                parts.get(4).equals("-") ? Set.of() : Set.of(parts.get(4).split(",", -1));
        return new ApiToken(parts.get(0), parts.get(1), expiry(parts.get(2)), roles, accounts);
    }

    private static Instant expiry(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the expiry must be like 2026-12-31T00:00:00Z", e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
