package io.delever.gateway.auth;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who makes the request, and which accounts are theirs (GATE-061). */
@RequestScoped
public class Caller {
    @Inject SecurityIdentity identity;
    @Inject AuthSettings settings;

    /** The name that stands in the audit log: the subject of the token, or the API token's id. */
    public String name() {
        return identity.isAnonymous() ? "anonymous" : identity.getPrincipal().getName();
    }

    /** The caller's roles. */
    public Set<String> roles() {
        return identity.getRoles();
    }

    /** When what the caller showed becomes invalid; empty where it does not. */
    public Optional<Instant> expires() {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            return Optional.of(Instant.ofEpochSecond(token.getExpirationTime()));
        }
        return Optional.ofNullable(identity.getAttribute(GatewayAuthentication.EXPIRES));
    }

    /** Which accounts the caller may see; the answer stays valid after the request. */
    public Predicate<String> visibleAccounts() {
        if (identity.getRoles().stream().anyMatch(role -> !role.equals(Roles.TRADER))) {
            return account -> true;
        }
        return ownAccounts()::contains;
    }

    /**
     * Lets the caller look at an account.
     *
     * @throws ForbiddenException where it is not one that the caller may see
     */
    public void mustSee(String account) {
        if (!visibleAccounts().test(account)) {
            throw new ForbiddenException("not an own account");
        }
    }

    /**
     * Lets the caller act for an account: systems for each, traders for their own.
     *
     * @throws ForbiddenException where the caller may not
     */
    public void mustActFor(String account) {
        boolean system = identity.hasRole(Roles.SYSTEM);
        boolean own = identity.hasRole(Roles.TRADER) && ownAccounts().contains(account);
        if (!system && !own) {
            throw new ForbiddenException("not an own account");
        }
    }

    private Set<String> ownAccounts() {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            Object claim = token.getClaim(settings.accountsClaim());
            return claim instanceof Collection<?> accounts
                    ? accounts.stream().map(Caller::text).collect(Collectors.toUnmodifiableSet())
                    : Set.of();
        }
        return Optional.<Set<String>>ofNullable(
                        identity.getAttribute(GatewayAuthentication.ACCOUNTS))
                .orElse(Set.of());
    }

    private static String text(Object value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
