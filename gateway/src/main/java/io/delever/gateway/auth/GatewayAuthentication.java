package io.delever.gateway.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises machines by their API token; people by JSON Web Tokens are left to the platform, which
 * is asked next. In open mode everybody has every role (GATE-040).
 */
@Singleton
public final class GatewayAuthentication implements HttpAuthenticationMechanism {
    static final String ACCOUNTS = "delever.accounts";
    static final String EXPIRES = "delever.expires";

    private static final String BEARER = "Bearer ";

    private final AuthSettings settings;
    private final ApiTokens tokens;

    @Inject
    GatewayAuthentication(AuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.tokens = new ApiTokens(settings.tokensFile(), settings.reloadInterval(), clock);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager manager) {
        if (settings.open()) {
            return Uni.createFrom()
                    .item(
                            QuarkusSecurityIdentity.builder()
                                    .setPrincipal(new QuarkusPrincipal("anybody"))
                                    .addRoles(Roles.ALL)
                                    .build());
        }
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER + ApiTokens.PREFIX)) {
            return Uni.createFrom().optional(Optional.empty());
        }
        return tokens.find(header.substring(BEARER.length()))
                .map(token -> Uni.createFrom().item(identity(token)))
                .orElseGet(
                        () ->
                                Uni.createFrom()
                                        .failure(
                                                new AuthenticationFailedException(
                                                        "unknown, revoked or expired")));
    }

    private static SecurityIdentity identity(ApiToken token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("token:" + token.id()))
                .addRoles(token.roles())
                .addAttribute(ACCOUNTS, token.accounts())
                .addAttribute(EXPIRES, token.expires())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}
