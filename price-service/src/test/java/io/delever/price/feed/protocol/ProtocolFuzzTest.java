package io.delever.price.feed.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.price.core.FeedMessageKind;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;

/** Good messages with seeded damage: whatever comes, reading it ends and counts. */
class ProtocolFuzzTest {
    private static final int ROUNDS = 6_000;
    private static final String SPECIAL = "{}[]\",:\\0123456789.-+eEtfn \u0000\u00ff";
    private static final long EARLIEST = 1_230_768_000L * 1_000_000_000L;
    private static final long LATEST = 7_258_118_400L * 1_000_000_000L;

    @SeededTest
    @Timeout(120)
    @Covers("FEED-010")
    void damagedMessagesAreReadWithoutAnException(long seed) {
        Random random = new Random(seed);
        for (Map.Entry<String, List<String>> each : new TreeMap<>(Samples.ALL).entrySet()) {
            VenueProtocol protocol = Feeds.sample(each.getKey());
            List<byte[]> corpus =
                    each.getValue().stream()
                            .map(text -> text.getBytes(StandardCharsets.UTF_8))
                            .toList();
            List<List<String>> expected =
                    corpus.stream()
                            .map(bytes -> Feeds.ticks(Feeds.read(protocol, bytes), protocol))
                            .toList();
            for (int round = 0; round < ROUNDS; round++) {
                byte[] damaged = damaged(corpus, random);
                FeedMessage message = Feeds.read(protocol, damaged);
                check(message, protocol, damaged);
                int good = random.nextInt(corpus.size());
                assertThat(Feeds.ticks(Feeds.read(protocol, corpus.get(good)), protocol))
                        .isEqualTo(expected.get(good));
            }
        }
    }

    private static void check(FeedMessage message, VenueProtocol protocol, byte[] bytes) {
        String shown = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(message.kind() == FeedMessageKind.TICKS)
                .as(shown)
                .isEqualTo(message.count() > 0);
        assertThat(message.kind() == FeedMessageKind.REJECTED)
                .as(shown)
                .isEqualTo(message.count() == 0 && message.rejected() > 0);
        assertThat(message.rejections().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(message.rejected());
        for (int i = 0; i < message.count(); i++) {
            assertThat(message.priceE8(i)).as(shown).isPositive();
            assertThat(message.sizeE8(i)).as(shown).isNotNegative();
            assertThat(message.market(i)).as(shown).isBetween(0, protocol.markets().size() - 1);
            assertThat(message.eventTimeNanos(i)).as(shown).isBetween(EARLIEST, LATEST);
            if (message.isNumbered(i)) {
                assertThat(message.firstSequence(i))
                        .as(shown)
                        .isBetween(0L, message.lastSequence(i));
            }
        }
    }

    private static byte[] damaged(List<byte[]> corpus, Random random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 1; i++) {
            bytes = damagedOnce(bytes, corpus.get(random.nextInt(corpus.size())), random);
        }
        return bytes;
    }

    private static byte[] damagedOnce(byte[] bytes, byte[] other, Random random) {
        int at = random.nextInt(bytes.length);
        int to = at + random.nextInt(bytes.length - at);
        byte special = (byte) SPECIAL.charAt(random.nextInt(SPECIAL.length()));
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = special;
            case 2 -> {
                return joined(Arrays.copyOf(bytes, at), bytes, to);
            }
            case 3 -> {
                return joined(Arrays.copyOf(bytes, to), bytes, at);
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return joined(Arrays.copyOf(bytes, at), other, random.nextInt(other.length));
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, at + 1);
                longer[at] = special;
                return joined(longer, bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] tail, int from) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length - from);
        System.arraycopy(tail, from, all, head.length, tail.length - from);
        return all;
    }
}
