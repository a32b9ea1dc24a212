package io.delever.margin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.margin.AccountEvent;
import io.delever.engine.margin.Counterparty;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.RejectionReason;
import io.delever.engine.margin.Reply;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.margin.Fixtures;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every journal does, wherever it keeps its entries. */
public abstract class AccountJournalContract {
    private static final int SHARD = 1;

    /** Another process on the same store, which is empty at the start of each test. */
    protected abstract AccountJournal process();

    /** Ends a process of {@link #process} as {@code kill -9} does. */
    protected abstract void kill(AccountJournal process);

    @Test
    @Covers("JRNL-002")
    void everyKindOfEventReadsBackEqual() {
        List<JournalEntry> written = new ArrayList<>();
        for (AccountEvent event : events()) {
            written.add(entry(written.size() + 1, List.of(event)));
        }
        written.add(entry(written.size() + 1, events()));
        AccountJournal journal = writer();
        journal.append(SHARD, written);

        assertThat(replayed(journal, SHARD)).isEqualTo(written);
    }

    @Test
    @Covers("JRNL-002")
    void everyRejectionReadsBackEqual() {
        List<JournalEntry> written = new ArrayList<>();
        for (RejectionReason reason : RejectionReason.values()) {
            long sequence = written.size() + 1L;
            written.add(
                    new JournalEntry(
                            SHARD,
                            new Decision(
                                    "r" + sequence,
                                    7,
                                    List.of(),
                                    new Reply.Rejected(sequence, reason, "détail " + reason),
                                    false)));
        }
        AccountJournal journal = writer();
        journal.append(SHARD, written);

        assertThat(replayed(journal, SHARD)).isEqualTo(written);
    }

    @Test
    void shardsHaveJournalsOfTheirOwn() {
        AccountJournal journal = writer();
        journal.append(SHARD, entries(1, 3));
        journal.append(0, List.of(new JournalEntry(0, decision(1, List.of()))));

        assertThat(replayed(journal, SHARD)).hasSize(3);
        assertThat(replayed(journal, 0)).hasSize(1);
    }

    @Test
    void groupsFollowOnEachOther() {
        AccountJournal journal = writer();
        journal.append(SHARD, entries(1, 5));
        journal.append(SHARD, entries(6, 2_500));

        assertThat(replayed(journal, SHARD)).isEqualTo(entries(1, 2_505));
    }

    @Test
    @Covers("JRNL-007")
    void aSecondProcessWaitsUntilTheFirstEnds() {
        AccountJournal first = writer();
        AccountJournal second = process();

        assertThat(second.claim()).isInstanceOf(JournalClaim.HeldByOther.class);
        assertThat(first.claim()).isInstanceOf(JournalClaim.Granted.class);
        kill(first);
        assertThat(second.claim()).isInstanceOf(JournalClaim.Granted.class);
    }

    @Test
    @Covers("JRNL-008")
    void aWriterThatWasTakenOverCannotWrite() {
        AccountJournal first = writer();
        first.append(SHARD, entries(1, 2));
        kill(first);
        AccountJournal second = process();
        assertThat(second.claim()).isInstanceOf(JournalClaim.Granted.class);
        assertThat(replayed(second, SHARD)).hasSize(2);

        assertThatExceptionOfType(JournalFencedException.class)
                .isThrownBy(() -> first.append(SHARD, entries(3, 1)));
        second.append(SHARD, entries(3, 2));
        assertThat(replayed(second, SHARD)).isEqualTo(entries(1, 4));
    }

    @Test
    @Covers("JRNL-007")
    void aReleasedJournalIsFree() {
        AccountJournal first = writer();
        first.release();

        assertThat(process().claim()).isInstanceOf(JournalClaim.Granted.class);
    }

    /** A process that is the writer and has replayed both shards. */
    protected AccountJournal writer() {
        AccountJournal journal = process();
        assertThat(journal.claim()).isInstanceOf(JournalClaim.Granted.class);
        journal.replay(0, entry -> {});
        journal.replay(SHARD, entry -> {});
        return journal;
    }

    protected static List<JournalEntry> replayed(AccountJournal journal, int shard) {
        List<JournalEntry> entries = new ArrayList<>();
        journal.replay(shard, entries::add);
        return entries;
    }

    protected static List<JournalEntry> entries(long first, int count) {
        List<JournalEntry> entries = new ArrayList<>();
        for (long sequence = first; sequence < first + count; sequence++) {
            entries.add(
                    entry(
                            sequence,
                            List.of(
                                    new AccountEvent.AccountOpened(
                                            new AccountId("a" + sequence)))));
        }
        return entries;
    }

    protected static JournalEntry entry(long sequence, List<AccountEvent> events) {
        return new JournalEntry(SHARD, decision(sequence, events));
    }

    private static Decision decision(long sequence, List<AccountEvent> events) {
        return new Decision(
                "c" + sequence, 1_000 + sequence, events, new Reply.Accepted(sequence), false);
    }

    private static List<AccountEvent> events() {
        AccountId a = new AccountId("alice");
        AccountId b = new AccountId("bob");
        AssetId usd = new AssetId("USD");
        InstrumentId btc = new InstrumentId("BTC-PERP");
        List<AccountEvent> events = new ArrayList<>();
        events.add(new AccountEvent.AccountOpened(a));
        for (Counterparty counterparty : Counterparty.values()) {
            events.add(
                    new AccountEvent.BalanceChanged(
                            a, usd, new Money(-5), counterparty, Optional.empty()));
        }
        events.add(
                new AccountEvent.BalanceChanged(
                        a, usd, new Money(6), Counterparty.INSURANCE_FUND, Optional.of("case-1")));
        events.add(
                new AccountEvent.PositionChanged(
                        a,
                        btc,
                        new Quantity(-3),
                        new Price(4),
                        new Money(Long.MIN_VALUE),
                        new Money(Long.MAX_VALUE),
                        "",
                        Optional.of("case-2")));
        events.add(new AccountEvent.LeverageChosen(a, btc, Leverage.of(10)));
        events.add(new AccountEvent.TransferStarted("t", a, b, usd, new Money(9)));
        events.add(new AccountEvent.TransferFinished("t"));
        events.add(new AccountEvent.InstrumentListed(Fixtures.btc()));
        events.add(
                new AccountEvent.AssetListed(
                        new Asset(new AssetId("BTC"), new Rate(50_000), Optional.of(btc))));
        events.add(new AccountEvent.AssetListed(new Asset(usd, Rate.ZERO, Optional.empty())));
        return events;
    }
}
