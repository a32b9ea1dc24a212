package io.delever.gateway.auth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How callers are recognised.
 *
 * @param open whether everybody has every role; only on loopback, in a profile that says so
 * @param accountsClaim the claim that lists a trader's own accounts
 * @param tokensFile the API tokens of machines; empty where there are none
 * @param reloadInterval greatest age of what was read from the tokens file, > 0
 */
public record AuthSettings(
        boolean open, String accountsClaim, Optional<Path> tokensFile, Duration reloadInterval) {}
