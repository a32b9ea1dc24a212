package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.browser.Browser;
import io.delever.gateway.upstream.Crash;
import io.delever.gateway.upstream.TestPrices;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser: what somebody sees who opens it in the middle of a crash. */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class PageTest {
    private static final long START = 1_760_130_000_000_000_000L;
    private static final int STEPS = 50;

    private static Optional<Browser> shared = Optional.empty();
    private static boolean told;

    @Services TestUpstreams services;

    @TestHTTPResource URL root;

    @AfterAll
    static void closeBrowser() throws IOException {
        if (shared.isPresent()) {
            shared.get().close();
        }
    }

    @BeforeEach
    void theCrashHappens() throws IOException {
        Optional<Path> chromium = Browser.find();
        Assumptions.assumeTrue(
                chromium.isPresent(),
                "no Chromium found: install it or name it with -Ddelever.chromium=/path");
        if (shared.isEmpty()) {
            shared = Optional.of(Browser.start(chromium.get()));
        }
        if (!told) {
            Crash crash = new Crash(services, START);
            for (int n = 0; n < STEPS; n++) {
                crash.step(n);
            }
            told = true;
        }
        browser().appearance(1440, 900, false, "light");
        browser().open(root.toString());
        browser().awaitTrue("document.querySelectorAll('#services .up').length === 4");
        browser().awaitTrue("document.querySelector('#prices tr')");
    }

    private static Browser browser() {
        return shared.orElseThrow();
    }

    private static String row(String table, String text) {
        return "[...document.querySelectorAll('#"
                + table
                + " tr')].find(r => r.innerText.includes('"
                + text
                + "'))";
    }

    @Test
    @Covers("GATE-050")
    void pricesAreLive() {
        long now = START + 3_600_000_000_000L;
        services.prices().publish(TestPrices.fresh("LIVE-PERP", 123_456_000_000L, now));
        browser().awaitTrue(row("prices", "LIVE-PERP") + "?.innerText.includes('1,234.6')");
        services.prices().publish(TestPrices.degraded("LIVE-PERP", 120_000_000_001L, now + 1));
        browser().awaitTrue(row("prices", "LIVE-PERP") + ".innerText.includes('1,200.0')");
        browser().awaitTrue(row("prices", "LIVE-PERP") + ".innerText.includes('degraded')");
        assertThat(browser().evaluate(row("prices", "LIVE-PERP") + ".cells[1].title"))
                .isEqualTo("1200.00000001");
        assertThat(browser().evaluate(row("prices", "LIVE-PERP") + ".querySelector('.chip').title"))
                .contains("2 of 3 sources")
                .contains("kraken X-USD: outlier");
        browser().awaitTrue(row("prices", "BTC-PERP") + ".cells[2].innerText.startsWith('−')");
        browser().awaitTrue(row("prices", "BTC-PERP") + ".querySelector('path').getAttribute('d')");
    }

    @Test
    @Covers("GATE-051")
    void whatIsNotKnownIsCalledUnavailableAndNeverZero() {
        browser().awaitTrue(row("prices", "HYPE-PERP") + ".innerText.includes('missing')");
        assertThat(browser().evaluate(row("prices", "HYPE-PERP") + ".cells[1].innerText"))
                .isEqualTo("unavailable");
        assertThat(browser().evaluate(row("prices", "HYPE-PERP") + ".cells[2].innerText"))
                .isEqualTo("unavailable");
        browser().evaluate("document.querySelector('#accounts-h').scrollIntoView()");
        browser().click("#services"); // a place without effect: no dialog may be open
        browser().awaitTrue("!document.querySelector('#detail').open");
    }

    @Test
    @Covers("GATE-050")
    void theRiskiestAccountsStandFirstWithTheirRatio() {
        browser().awaitTrue("document.querySelectorAll('#accounts tr').length > 20");
        String first = "document.querySelector('#accounts tr')";
        assertThat(browser().evaluate(first + ".innerText"))
                .contains("liquidatable")
                .contains("0.52")
                .contains("1,250.00");
        assertThat(browser().evaluate(first + ".querySelector('i').style.width"))
                .isEqualTo("26.1%");
        assertThat(browser().text("#tile-risk .big")).matches("[1-9][0-9]*");
        browser().click("#accounts tr button");
        browser().awaitTrue("document.querySelector('#detail').open");
        browser()
                .awaitTrue(
                        "document.querySelector('#detail-body').innerText.includes('117,210.0')");
        browser().press("Escape", 27);
        browser().awaitTrue("!document.querySelector('#detail').open");
    }

    @Test
    @Covers("GATE-050")
    void aClickOpensALiquidationWithItsSteps() {
        browser().awaitTrue(row("cases", "covered by fund · ADL"));
        browser()
                .evaluate(
                        row("cases", "covered by fund · ADL")
                                + ".querySelector('button').id = 'here'");
        browser().click("#here");
        browser().awaitTrue("document.querySelectorAll('#detail .steps > li').length === 5");
        assertThat(browser().text("#detail"))
                .contains("could no longer carry its risk")
                .contains("maintenance margin of 1,250.00")
                .contains("Order: sell 0.5 BTC-PERP at limit")
                .contains("the limit is the bankruptcy price rounded up to a tick")
                .contains("Auto-deleverage: sell 0.3 BTC-PERP at 117,100.0")
                .contains("winner-1")
                .contains("The insurance fund pays 4,210.12 USD")
                .contains("the fund covered what was owed");
        browser().click("#detail-close");
        browser().awaitTrue("!document.querySelector('#detail').open");
    }

    @Test
    @Covers("GATE-082")
    void warningsAndFuelOfTheChosenInstrumentAreShown() {
        browser().awaitTrue("document.querySelectorAll('#warnings tr').length === 2");
        assertThat(browser().text("#warnings"))
                .contains("1 h", "31.3 %", "warning", "volatility alone")
                .contains("4 h", "unavailable");
        browser().awaitTrue("document.querySelectorAll('#fuel-chart rect').length === 3");
        assertThat(browser().text("#fuel-say"))
                .contains("25.0 % of open longs would be closed by force 2.0 % below")
                .contains("a market that falls feeds itself");
    }

    @Test
    @Covers("GATE-050")
    void fundSentimentAdlAndConservationAreShown() {
        browser()
                .awaitTrue(
                        "document.querySelector('#fund-facts').innerText.includes('Contributed')");
        String balance = given().get("/v1/insurance-fund").path("balances[0].balance");
        assertThat(browser().evaluate("document.querySelector('#fund-facts dd').title"))
                .isEqualTo(balance);
        assertThat(browser().text("#fund-count")).isEqualTo("ledger balanced");
        browser().awaitTrue("document.querySelector('#gauge .level').innerText.includes('fear')");
        assertThat(browser().text("#contributions")).contains("drawdown").contains("−");
        browser()
                .awaitTrue(
                        "document.querySelector('#sentiment-note').innerText.includes('funding')");
        browser().awaitTrue("document.querySelector('#conservation').innerText.includes('exact')");
        browser().awaitTrue("document.querySelectorAll('#adl tr').length === 6");
        assertThat(browser().text("#tile-adl .big")).isEqualTo("2");
        services.margin().residue(1);
        try {
            browser()
                    .awaitTrue(
                            "document.querySelector('#conservation').innerText.includes('0.00000001')");
        } finally {
            services.margin().residue(0);
        }
        browser().awaitTrue("document.querySelector('#conservation').innerText.includes('exact')");
    }

    @Test
    @Covers("GATE-052")
    void thousandsOfEventsLeaveThePageSmallAndAnswering() {
        RiskEvent[] events = new RiskEvent[500];
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < events.length; i++) {
                events[i] =
                        RiskEvent.newBuilder()
                                .setAccountId("mass-" + i)
                                .setPrevious(RiskState.RISK_STATE_HEALTHY)
                                .setCurrent(
                                        round == 19
                                                ? RiskState.RISK_STATE_HEALTHY
                                                : RiskState.RISK_STATE_MARGIN_CALL)
                                .setEventTimeNanos(START)
                                .build();
            }
            services.margin().publish(events);
        }
        services.margin()
                .publish(
                        RiskEvent.newBuilder()
                                .setAccountId("mass-last")
                                .setPrevious(RiskState.RISK_STATE_MARGIN_CALL)
                                .setCurrent(RiskState.RISK_STATE_HEALTHY)
                                .build());
        browser().awaitTrue("document.querySelector('#events').innerText.includes('mass-last')");
        assertThat(
                        Integer.parseInt(
                                browser()
                                        .evaluate(
                                                "document.querySelectorAll('#events li').length")))
                .isLessThanOrEqualTo(60);
        assertThat(Integer.parseInt(browser().evaluate("document.querySelectorAll('*').length")))
                .isLessThan(5_000);
    }

    @Test
    @Covers("GATE-053")
    void anOutageIsSaidAndTheRestGoesOn() {
        services.liquidationServer().kill();
        try {
            browser()
                    .awaitTrue(
                            "document.querySelector('#banner').innerText.includes('liquidation-service"
                                + " does not answer')");
            browser()
                    .awaitTrue(
                            "document.querySelector('#services').innerText.includes('liquidation"
                                    + " does not answer')");
            browser().evaluate(row("cases", "acc-") + ".querySelector('button').id = 'dead'");
            browser().click("#dead");
            browser()
                    .awaitTrue(
                            "document.querySelector('#detail-body').innerText.includes('unavailable')");
            browser().press("Escape", 27);
            services.prices().publish(TestPrices.fresh("REST-PERP", 5, START));
            browser().awaitTrue(row("prices", "REST-PERP"));
        } finally {
            services.liquidationServer().start();
        }
        browser().awaitTrue("document.querySelectorAll('#services .up').length === 4");
        browser().awaitTrue("document.querySelector('#banner').hidden");
        Await.until(
                "readiness",
                Duration.ofSeconds(20),
                () -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    @Covers({"GATE-054", "GATE-042"})
    void thePageLoadsNothingFromElsewhereAndFitsAPhone() {
        assertThat(
                        browser()
                                .evaluate(
                                        "performance.getEntriesByType('resource').map(e =>"
                                                + " e.name).filter(n =>"
                                                + " !n.startsWith(location.origin)).join()"))
                .isEmpty();
        for (String colours : List.of("light", "dark")) {
            browser().appearance(390, 844, true, colours);
            browser().awaitTrue("document.querySelectorAll('#accounts tr').length > 20");
            assertThat(
                            browser()
                                    .evaluate(
                                            "document.documentElement.scrollWidth <="
                                                    + " document.documentElement.clientWidth"))
                    .isEqualTo("true");
        }
        assertThat(browser().errors())
                .filteredOn(error -> !error.contains("503") && !error.contains("429"))
                .isEmpty();
    }
}
