package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway whose clients may ask for little. */
@QuarkusTest
@TestProfile(LimitedTest.Little.class)
@QuarkusTestResource(value = UpstreamsResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IssuerResource.class, restrictToAnnotatedClass = true)
class LimitedTest {
    /** So little comes back in a second that no test sees it. */
    public static final class Little implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return AskedProfile.settings();
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(LittleRate.class));
        }
    }

    /** Settings that win over those of the other resources. */
    public static final class LittleRate implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 10;
        }

        @Override
        public Map<String, String> start() {
            return Map.of("delever.rate.per-second", "1", "delever.rate.burst", "60");
        }

        @Override
        public void stop() {
            // Nothing was started.
        }
    }

    private static int status(String authorization, String path) {
        return given().header("Authorization", authorization).get(path).statusCode();
    }

    @Test
    @Covers("GATE-065")
    void aClientThatAskedForMuchWaitsAndOthersDoNot() {
        String greedy = "Bearer " + Tokens.signed(Tokens.claims("viewer").upn("greedy"));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            statuses.add(status(greedy, "/v1/conservation"));
        }
        assertThat(statuses).startsWith(200, 200, 200).endsWith(429, 429, 429);
        given().header("Authorization", greedy)
                .get("/v1/conservation")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("reason", equalTo("RATE_LIMITED"));
        String modest = "Bearer " + Tokens.signed(Tokens.claims("viewer").upn("modest"));
        assertThat(status(modest, "/v1/conservation")).isEqualTo(200);
    }
}
