package io.delever.margin.persistence;

import com.google.protobuf.InvalidProtocolBufferException;
import io.delever.engine.margin.AccountEvent;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.RejectionReason;
import io.delever.engine.margin.Reply;
import io.delever.margin.core.JournalCorruptException;
import io.delever.margin.core.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as bytes: {@code delever.margin.v1.JournalEntry}. What was written reads back equal.
 * JRNL-002.
 */
final class EntryCodec {
    private static final String REASON_PREFIX = "REJECTION_REASON_";

    private EntryCodec() {}

    static byte[] encode(JournalEntry entry) {
        var message =
                io.delever.contracts.margin.v1.JournalEntry.newBuilder()
                        .setShard(entry.shard())
                        .setSequence(entry.sequence())
                        .setCommandId(entry.commandId())
                        .setEventTimeNanos(entry.eventTimeNanos());
        for (AccountEvent event : entry.decision().events()) {
            message.addEvents(EventMessages.encode(event));
        }
        if (entry.reply() instanceof Reply.Rejected rejected) {
            message.setRejected(
                    io.delever.contracts.margin.v1.Rejected.newBuilder()
                            .setReason(
                                    io.delever.contracts.margin.v1.RejectionReason.valueOf(
                                            REASON_PREFIX + rejected.reason().name()))
                            .setDetail(rejected.detail())
                            .setShard(entry.shard())
                            .setSequence(entry.sequence()));
        }
        return message.build().toByteArray();
    }

    /**
     * Reads an entry.
     *
     * @throws JournalCorruptException where the bytes are no entry that this version could have
     *     written
     */
    static JournalEntry decode(byte[] bytes) {
        try {
            var message = io.delever.contracts.margin.v1.JournalEntry.parseFrom(bytes);
            List<AccountEvent> events = new ArrayList<>(message.getEventsCount());
            for (var event : message.getEventsList()) {
                events.add(EventMessages.decode(event));
            }
            Reply reply =
                    message.hasRejected()
                            ? new Reply.Rejected(
                                    message.getSequence(),
                                    RejectionReason.valueOf(
                                            message.getRejected()
                                                    .getReason()
                                                    .name()
                                                    .substring(REASON_PREFIX.length())),
                                    message.getRejected().getDetail())
                            : new Reply.Accepted(message.getSequence());
            return new JournalEntry(
                    message.getShard(),
                    new Decision(
                            message.getCommandId(),
                            message.getEventTimeNanos(),
                            events,
                            reply,
                            false));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new JournalCorruptException(
                    "an entry of the journal does not parse: " + e.getMessage(), e);
        }
    }
}
