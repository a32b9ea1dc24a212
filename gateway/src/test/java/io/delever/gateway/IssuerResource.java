package io.delever.gateway;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * An issuer of tokens with its keys behind a port, a file of API tokens and an audit log: what a
 * gateway that asks who calls needs.
 */
public final class IssuerResource implements QuarkusTestResourceLifecycleManager {
    static final String ISSUER = "https://issuer.example/realms/venue";
    static final String AUDIENCE = "delever";
    static final KeyPair KEYS = newKeys();
    static final KeyPair OTHER_KEYS = newKeys();
    static final Path FOLDER = newFolder();
    static final Path AUDIT = FOLDER.resolve("audit.jsonl");
    static final Path TOKENS = FOLDER.resolve("tokens");

    private HttpServer server;

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("delever-gateway");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            Files.writeString(
                    TOKENS,
                    tokenLine("scraper", "dlv_viewer", "2999-01-01T00:00:00Z", "viewer -")
                            + tokenLine("old", "dlv_old", "2001-01-01T00:00:00Z", "system -")
                            + tokenLine("bank", "dlv_system", "2999-01-01T00:00:00Z", "system -")
                            + tokenLine(
                                    "bot", "dlv_trader", "2999-01-01T00:00:00Z", "trader own-1"));
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] keys = keySet().getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/jwks",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
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
                AUDIENCE,
                "mp.jwt.verify.publickey.location",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    private static String keySet() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
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

    @Override
    public void stop() {
        server.stop(0);
    }
}
