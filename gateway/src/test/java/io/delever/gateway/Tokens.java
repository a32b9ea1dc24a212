package io.delever.gateway;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Tokens as the issuer of {@link IssuerResource} signs them. */
final class Tokens {
    private Tokens() {}

    static JwtClaimsBuilder claims(String role, String... accounts) {
        return Jwt.issuer(IssuerResource.ISSUER)
                .audience(IssuerResource.AUDIENCE)
                .upn("person-" + role)
                .subject("subject-" + role)
                .groups(Set.of(role))
                .claim("accounts", List.of(accounts))
                .expiresIn(Duration.ofMinutes(5));
    }

    static String of(String role, String... accounts) {
        return signed(claims(role, accounts));
    }

    static String signed(JwtClaimsBuilder claims) {
        return claims.jws().keyId("k1").sign(IssuerResource.KEYS.getPrivate());
    }
}
