package io.delever.margin.app;

import static io.delever.margin.Wire.BTC;
import static io.delever.margin.Wire.USD;
import static io.delever.margin.Wire.command;
import static io.delever.margin.Wire.deposit;
import static io.delever.margin.Wire.e8;
import static io.delever.margin.Wire.fill;
import static io.delever.margin.Wire.fillOf;
import static io.delever.margin.Wire.transfer;
import static io.delever.margin.Wire.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.InstrumentListing;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.delever.margin.Wire;
import io.delever.testing.Covers;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Commands from outside: answers, rejections, malformed ones, streams that are cut. */
@QuarkusTest
final class CommandsIT extends RunningService {
    @Test
    @Covers({"JRNL-001", "JRNL-003"})
    void anAcknowledgedCommandStandsInTheJournalAndARepeatGetsItsAnswer() throws SQLException {
        CommandReply first = submit(deposit(id("d"), id("alice"), "100"));

        assertThat(first.hasAccepted()).isTrue();
        assertThat(journaled(id("d"))).isEqualTo(first.getAccepted().getSequence());
        assertThat(submit(deposit(id("d"), id("alice"), "999"))).isEqualTo(first);
        assertThat(balance(id("alice"))).isEqualTo(e8("100"));
    }

    @Test
    @Covers("JRNL-003")
    void aRejectionIsItsFirstAnswerForEver() throws SQLException {
        submit(deposit(id("d"), id("alice"), "100"));
        CommandReply refused = submit(withdrawal(id("w"), id("alice"), "101"));
        submit(deposit(id("d2"), id("alice"), "100"));

        assertThat(refused.getRejected().getReason())
                .isEqualTo(RejectionReason.REJECTION_REASON_INSUFFICIENT_BALANCE);
        assertThat(refused.getRejected().getDetail()).contains(id("alice"), "100", "101", USD);
        assertThat(submit(withdrawal(id("w"), id("alice"), "101"))).isEqualTo(refused);
        assertThat(journaled(id("w"))).isEqualTo(refused.getRejected().getSequence());
        assertThat(balance(id("alice"))).isEqualTo(e8("200"));
    }

    @TestFactory
    Stream<DynamicTest> everyRejectionReachesTheClient() {
        submit(deposit(id("d"), id("a"), "1000"));
        submit(deposit(id("e"), id("long"), "1000"));
        submit(fill(id("f1"), id("long"), "0.1", "60000"));
        submit(deposit(id("g"), id("under"), "100"));
        submit(fill(id("f2"), id("under"), "0.1", "60000"));
        submit(deposit(id("h"), id("unpriced"), "1000"));
        submit(Wire.listInstrument(id("dark"), id("DARK")));
        submit(
                command(id("f3"))
                        .setFill(fillOf(id("unpriced"), id("DARK"), "0.1", "60000"))
                        .build());
        submit(deposit(id("m"), id("many"), "100000"));
        for (int i = 0; i < 4; i++) {
            submit(Wire.listInstrument(id("i" + i), id("I" + i)));
            submit(
                    command(id("if" + i))
                            .setFill(fillOf(id("many"), id("I" + i), "0.001", "100"))
                            .build());
        }
        return Stream.of(
                refused("UNKNOWN_ACCOUNT", withdrawal(id("r1"), id("nobody"), "1")),
                refused(
                        "UNKNOWN_INSTRUMENT",
                        command(id("r2")).setFill(fillOf(id("a"), "NONE", "1", "1")).build()),
                refused("UNKNOWN_ASSET", unknownAsset()),
                refused("AMOUNT_TOO_LARGE", deposit(id("r4"), id("a"), "40000000001")),
                refused("NOT_A_LOT_MULTIPLE", fill(id("r5"), id("a"), "0.0001", "60000")),
                refused("NOT_A_TICK_MULTIPLE", fill(id("r6"), id("a"), "0.001", "60000.05")),
                refused("INSUFFICIENT_BALANCE", withdrawal(id("r7"), id("a"), "1000.00000001")),
                refused("INSUFFICIENT_MARGIN", withdrawal(id("r8"), id("long"), "400.00000001")),
                refused("PRICE_UNAVAILABLE", withdrawal(id("r9"), id("unpriced"), "1")),
                refused(
                        "NOT_REDUCING",
                        command(id("r10"))
                                .setFill(
                                        fillOf(id("long"), BTC, "-0.2", "60000")
                                                .setReduceOnly(true))
                                .build()),
                refused("LEVERAGE_OUT_OF_RANGE", leverage(id("r11"), 10_000_001)),
                refused("MODE_NOT_SUPPORTED", isolated()),
                refused("INVALID_PARAMETERS", otherSettlement()),
                refused(
                        "TOO_MANY_POSITIONS",
                        command(id("r14"))
                                .setFill(fillOf(id("many"), BTC, "0.001", "60000"))
                                .build()),
                refused("ACCOUNT_IN_LIQUIDATION", withdrawal(id("r15"), id("under"), "1")),
                refused("SAME_ACCOUNT", transfer(id("r16"), id("a"), id("a"), "1")));
    }

    @TestFactory
    @Covers({"JRNL-004", "JRNL-027"})
    Stream<DynamicTest> whatIsMalformedIsNotTaken() {
        return Stream.of(
                malformed("no id", deposit("", "a", "1")),
                malformed("a long id", deposit("x".repeat(129), "a", "1")),
                malformed("an id with a space", deposit("a b", "a", "1")),
                malformed("an id beyond ASCII", deposit("é", "a", "1")),
                malformed("a leg's id", deposit("t:credit", "a", "1")),
                malformed("another leg's id", deposit("t:finish", "a", "1")),
                malformed("no kind", command(id("k")).build()),
                malformed("nothing at all", Command.getDefaultInstance()),
                malformed("an amount of zero", deposit(id("z"), "a", "0")),
                malformed("a negative amount", deposit(id("n"), "a", "-1")),
                malformed("a size of zero", fill(id("s"), "a", "0", "1")),
                malformed("a price of zero", fill(id("p"), "a", "1", "0")),
                malformed("no account", deposit(id("acc"), "", "1")),
                malformed("an account with a slash", deposit(id("sl"), "a/b", "1")),
                malformed("a long account", deposit(id("la"), "a".repeat(65), "1")),
                malformed(
                        "a negative time",
                        deposit(id("t"), "a", "1").toBuilder().setEventTimeNanos(-1).build()),
                malformed(
                        "a negative fee",
                        command(id("fee"))
                                .setFill(fillOf("a", BTC, "1", "1").setFeeE8(-1))
                                .build()),
                malformed(
                        "an instrument without tiers",
                        command(id("li"))
                                .setInstrumentListing(
                                        InstrumentListing.newBuilder()
                                                .setInstrument(Wire.instrument("X").clearTiers()))
                                .build()));
    }

    @Test
    @Covers("JRNL-012")
    void aTransferBetweenShardsIsWholeWhenItIsAcknowledged() {
        String from = inShard(0, "from");
        String to = inShard(1, "to");
        submit(deposit(id("d"), from, "100"));

        CommandReply reply = submit(transfer(id("t"), from, to, "40"));

        assertThat(reply.hasAccepted()).isTrue();
        assertThat(balance(from)).isEqualTo(e8("60"));
        assertThat(balance(to)).isEqualTo(e8("40"));
        assertThat(submit(transfer(id("t"), from, to, "40"))).isEqualTo(reply);
        assertThat(balance(to)).isEqualTo(e8("40"));
        assertConserved();
    }

    @Test
    @Covers({"JRNL-011"})
    void anotherNumberOfShardsIsRefused() {
        configurations.confirm(2, InstantSource.system());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> configurations.confirm(3, InstantSource.system()))
                .withMessageContaining("delever.shards.count is 3")
                .withMessageContaining("with 2 shards");
    }

    @Test
    @Covers("JRNL-014")
    void responsesComeInTheOrderOfTheRequests() {
        CommandCall call = new CommandCall(channel);
        for (int batch = 0; batch < 60; batch++) {
            call.send(batch, deposits("o", batch * 10, 10, id("o" + batch % 3)));
        }
        call.halfClose();
        List<SubmitCommandsResponse> responses = call.awaitEnd(LIMIT);

        assertThat(responses)
                .extracting(SubmitCommandsResponse::getBatchId)
                .containsExactlyElementsOf(longs(60));
        assertThat(responses)
                .allSatisfy(
                        r ->
                                assertThat(r.getRepliesList())
                                        .hasSize(10)
                                        .allMatch(CommandReply::hasAccepted));
        assertThat(responses.get(7).getReplies(3).getCommandId()).isEqualTo(id("o73"));
        assertThat(balance(id("o0"))).isEqualTo(e8("200"));
    }

    @Test
    @Covers({"JRNL-014", "JRNL-003"})
    void aStreamCutInTheMiddleLosesRepliesOnly() throws SQLException {
        CommandCall call = new CommandCall(channel);
        List<Command> sent = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            List<Command> group = deposits("c", batch * 25, 25, id("cut" + batch % 5));
            sent.addAll(group);
            call.send(batch, group);
        }
        call.awaitResponses(5, LIMIT);
        call.cut();

        List<CommandReply> replies = new ArrayList<>();
        call.responses().forEach(r -> replies.addAll(r.getRepliesList()));
        for (CommandReply reply : replies) {
            assertThat(journaled(reply.getCommandId()))
                    .isEqualTo(reply.getAccepted().getSequence());
        }
        for (Command command : sent) {
            assertThat(submit(command).hasAccepted()).isTrue();
        }
        long total = 0;
        for (int i = 0; i < 5; i++) {
            total += balance(id("cut" + i));
        }
        assertThat(total).isEqualTo(e8("1000"));
        assertConserved();
    }

    @Test
    @Covers("JRNL-004")
    void aMalformedCommandDoesNotSpoilItsBatch() {
        CommandCall call = new CommandCall(channel);
        call.send(
                1,
                List.of(
                        deposit(id("b1"), id("b"), "1"),
                        deposit("", id("b"), "1"),
                        deposit(id("b2"), id("b"), "1")));
        call.halfClose();
        SubmitCommandsResponse response = call.awaitEnd(LIMIT).getFirst();

        assertThat(response.getReplies(0).hasAccepted()).isTrue();
        assertThat(response.getReplies(1).getNotTaken().getReason())
                .isEqualTo(NotTakenReason.NOT_TAKEN_REASON_MALFORMED);
        assertThat(response.getReplies(2).hasAccepted()).isTrue();
        assertThat(balance(id("b"))).isEqualTo(e8("2"));
    }

    @Test
    @Covers("JRNL-009")
    void aBatchBeyondTheLimitEndsTheStream() {
        CommandCall call = new CommandCall(channel);
        call.send(1, deposits("big", 0, 1_025, id("big")));

        Status status = call.awaitFailure(LIMIT);
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("1025", "1024");
    }
}
