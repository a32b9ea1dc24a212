package io.delever.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * An issuer of tokens with its keys, a file of API tokens and an audit log: what a gateway that
 * asks who calls needs.
 */
public final class IssuerResource implements QuarkusTestResourceLifecycleManager {
    static final String ISSUER = "https://issuer.example/realms/venue";
    static final String AUDIENCE = "delever";
    static final Path FOLDER = Path.of("target", "issuer").toAbsolutePath();
    static final Path KEY_SET = FOLDER.resolve("jwks.json");
    static final KeyPair KEYS = keys();
    static final KeyPair OTHER_KEYS = newKeys();
    static final Path AUDIT = FOLDER.resolve("audit.jsonl");
    static final Path TOKENS = FOLDER.resolve("tokens");

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kept in files: the gateway and the tests may each load this class for themselves. */
    private static KeyPair keys() {
        Path secret = FOLDER.resolve("key.pkcs8");
        Path open = FOLDER.resolve("key.x509");
        try {
            if (!Files.exists(secret) || !Files.exists(open)) {
                KeyPair made = newKeys();
                Files.createDirectories(FOLDER);
                Files.write(secret, made.getPrivate().getEncoded());
                Files.write(open, made.getPublic().getEncoded());
            }
            KeyFactory factory = KeyFactory.getInstance("RSA");
            KeyPair pair =
                    new KeyPair(
                            factory.generatePublic(
                                    new X509EncodedKeySpec(Files.readAllBytes(open))),
                            factory.generatePrivate(
                                    new PKCS8EncodedKeySpec(Files.readAllBytes(secret))));
            Files.writeString(KEY_SET, keySet((RSAPublicKey) pair.getPublic()));
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keySet(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k1\",\"n\":\""
                + number(key.getModulus())
                + "\",\"e\":\""
                + number(key.getPublicExponent())
                + "\"}]}";
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        byte[] magnitude = Arrays.copyOfRange(bytes, from, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }

    static String tokenLine(String id, String token, String expires, String rolesAndAccounts) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return String.join(
                    " ", id, HexFormat.of().formatHex(hash), expires, rolesAndAccounts + "\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            Files.deleteIfExists(AUDIT);
            Files.writeString(
                    TOKENS,
                    tokenLine("scraper", "dlv_viewer", "2999-01-01T00:00:00Z", "viewer -")
                            + tokenLine("old", "dlv_old", "2001-01-01T00:00:00Z", "system -")
                            + tokenLine("bank", "dlv_system", "2999-01-01T00:00:00Z", "system -")
                            + tokenLine(
                                    "bot", "dlv_trader", "2999-01-01T00:00:00Z", "trader own-1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "delever.auth.mode",
                "required",
                "delever.auth.tokens-file",
                TOKENS.toString(),
                "delever.auth.reload-interval",
                "0s",
                "delever.audit.file",
                AUDIT.toString(),
                "mp.jwt.verify.issuer",
                ISSUER,
                "mp.jwt.verify.audiences",
                AUDIENCE);
    }

    @Override
    public void stop() {
        // Nothing runs.
    }
}
