package io.delever.margin.core;

import static io.delever.margin.Fixtures.BTC;
import static io.delever.margin.Fixtures.account;
import static io.delever.margin.Fixtures.command;
import static io.delever.margin.Fixtures.deposit;
import static io.delever.margin.Fixtures.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.margin.Fixtures;
import io.delever.testing.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * October 10 2025: what a shard does with the prices that the price engine makes of recorded
 * venues, second by second. The instrument is called BTC-PERP; its prices are those of ATOM.
 */
final class RecordedPricesTest {
    private static final Path BARS =
            Path.of(System.getProperty("basedir", "."))
                    .resolve("../../shared/data/02_venues_2025-10-10")
                    .resolve("trade_bars_1s_2050_2250utc.csv.gz");
    private static final long SECOND = 1_000_000_000L;
    private static final Price TICK = Price.parse("0.0001");
    private static final long STALENESS = 20 * SECOND;
    private static final Set<RiskState> CLOSED_OUT =
            EnumSet.of(RiskState.LIQUIDATABLE, RiskState.BANKRUPT);

    /** 21:14 UTC. */
    private static final long CRASH = 1_760_130_840L * SECOND;

    private static final Map<String, String> MARKETS =
            Map.of(
                    "ATOM-USD", "coinbase",
                    "ATOMUSD", "gemini",
                    "ATOMUSD_PERP", "binance-delivery");

    /** Closing trades by the end of their second. */
    private static final SortedMap<Long, List<Tick>> CLOSES = new TreeMap<>();

    private final ShardState shard =
            new ShardState(0, Fixtures.PARAMETERS, StandingRules.of(Fixtures.PARAMETERS));
    private final PriceEngine engine =
            new PriceEngine(new PricingLimits(Price.parse("1000000"), SECOND, 5));
    private long now;
    private final PriceBoard board =
            new PriceBoard(() -> Instant.ofEpochSecond(0, now), Duration.ofSeconds(10));
    private final List<RiskTransition> transitions = new ArrayList<>();

    @BeforeAll
    static void readTheRecording() throws IOException {
        assumeTrue(Files.exists(BARS), "skipped: no recorded data at " + BARS);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(BARS)),
                                StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",", -1)).forEach(bar -> take(bar));
        }
    }

    private static void take(String[] bar) {
        String venue = MARKETS.getOrDefault(bar[1], "");
        if (venue.equals(bar[0])) {
            long end = Long.parseLong(bar[2]) * 1_000_000L + SECOND - 1;
            CLOSES.computeIfAbsent(end, key -> new ArrayList<>())
                    .add(new Tick(venue, "ATOM", FixedPoint.parseE8(bar[6]), 0, end));
        }
    }

    private void list() {
        List<IndexSource> sources =
                MARKETS.values().stream()
                        .sorted()
                        .map(venue -> new SourceId(new VenueId(venue), "ATOM"))
                        .map(id -> new IndexSource(id, 1, STALENESS))
                        .toList();
        engine.apply(new IndexDefinition(BTC, sources, 2, Rate.parse("0.01"), TICK));
        board.addListener(changed -> shard.pricesChanged(changed, now));
        accepted(Fixtures.listUsd("list-usd"));
        accepted(command("list-btc", new AccountCommand.InstrumentListing(withTick(TICK))));
    }

    private static Instrument withTick(Price tick) {
        Instrument btc = Fixtures.btc();
        return new Instrument(
                btc.id(),
                btc.base(),
                btc.settlement(),
                tick,
                btc.lotSize(),
                btc.tiers(),
                btc.takerFee(),
                btc.liquidationFee());
    }

    private void accepted(Command command) {
        assertThat(shard.decideAndApply(command).decision().reply())
                .isInstanceOf(Reply.Accepted.class);
    }

    /** Plays the day; from 21:14 on only venues that {@code stays} are heard. */
    private void play(Set<String> stays) {
        list();
        boolean opened = false;
        for (Map.Entry<Long, List<Tick>> second : CLOSES.entrySet()) {
            now = second.getKey();
            for (Tick tick : second.getValue()) {
                if (now < CRASH || stays.contains(tick.venue())) {
                    assertThat(engine.onTick(tick, now)).isNotNull();
                }
            }
            for (IndexPrice changed : engine.advance(now)) {
                board.accept(Map.of(changed.instrument(), changed.state()), false);
            }
            board.accept(Map.of(), false);
            board.checkSilence();
            if (!opened && shard.priceOf(BTC).isUsable() && now >= CRASH - 60 * SECOND) {
                open(shard.priceOf(BTC).usableMark().orElseThrow());
                opened = true;
            }
            transitions.addAll(shard.takeTransitions());
        }
        assertThat(opened).isTrue();
    }

    /** 1,000 coins at eight times the deposit: a fall of about 8 % is enough to be liquidated. */
    private void open(Price mark) {
        String eighth = new Price(mark.e8() * 125).toString();
        accepted(deposit("d", "long", eighth));
        accepted(fill("f", "long", "1000", mark.toString()));
    }

    private List<RiskState> statesFrom(long fromNanos) {
        return transitions.stream()
                .filter(each -> each.account().equals(account("long")))
                .filter(each -> each.eventTimeNanos() >= fromNanos)
                .map(RiskTransition::current)
                .toList();
    }

    @Test
    @Covers({"MARG-004", "PRIC-028"})
    void withOneVenueLeftNobodyIsLiquidated() {
        play(Set.of("coinbase"));

        assertThat(shard.priceOf(BTC)).isInstanceOf(PriceState.Stale.class);
        assertThat(statesFrom(CRASH + STALENESS + SECOND))
                .noneMatch(CLOSED_OUT::contains)
                .allMatch(state -> state == RiskState.PRICE_UNAVAILABLE);
        assertThat(shard.ledger().account(account("long"))).isPresent();
        assertThat(statesFrom(0)).last().isEqualTo(RiskState.PRICE_UNAVAILABLE);
    }

    /** The same account on the same day: with all three venues it is liquidated. */
    @Test
    @Covers("MARG-001")
    void withAllVenuesItIsLiquidatedWhenTwoAgree() {
        play(Set.copyOf(MARKETS.values()));

        assertThat(statesFrom(CRASH)).anyMatch(CLOSED_OUT::contains);
    }
}
