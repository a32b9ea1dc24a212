package io.delever.simulation.venue;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.simulation.market.DepthProfile;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A venue made of integers. Each instrument has a book around its reference price (the index); an
 * immediate-or-cancel order walks its levels, never beyond its limit, and takes each level from one
 * market maker. Deterministic: the same calls in the same order give the same fills with the same
 * ids. Not thread-safe; the gRPC server calls it under one lock.
 */
public final class PaperVenue {
    private final String fillPrefix;
    private final DepthProfile depth;
    private final List<AccountId> makers;
    private final SortedMap<InstrumentId, Book> books = new TreeMap<>();
    private final Map<String, VenueOrder> orders = new HashMap<>();
    private final List<VenueFill> fills = new ArrayList<>();

    /**
     * A venue without orders.
     *
     * @param scenario instruments, levels and refill
     * @param depth depth over time
     * @param makers the accounts that stand behind the levels, at least one
     * @param fillPrefix starts every fill id
     */
    public PaperVenue(
            Scenario scenario, DepthProfile depth, List<AccountId> makers, String fillPrefix) {
        this.fillPrefix = fillPrefix;
        this.depth = depth;
        this.makers = List.copyOf(makers);
        BookSide.BookShape shape =
                new BookSide.BookShape(
                        scenario.venue().levelsPerPercent(), scenario.venue().refillNanos());
        for (InstrumentSpec spec : scenario.instruments()) {
            books.put(spec.id(), new Book(spec, books.size(), shape));
        }
    }

    /**
     * The market moved; the book follows.
     *
     * @param instrument a listed instrument; others are ignored
     * @param reference the new reference price
     */
    public void reference(InstrumentId instrument, Price reference) {
        Book book = books.get(instrument);
        if (book != null) {
            book.follow(reference);
        }
    }

    /**
     * Executes an order against the book, or answers with its first outcome where its id is known.
     *
     * @param request the order
     * @param time now
     */
    public VenueOrder submit(OrderRequest request, VenueTime time) {
        VenueOrder first = orders.get(request.clientOrderId());
        if (first != null) {
            return first;
        }
        VenueOrder order =
                refusal(request)
                        .map(
                                why ->
                                        new VenueOrder(
                                                request,
                                                VenueOrder.Status.REJECTED,
                                                List.of(),
                                                why,
                                                time.eventNanos()))
                        .orElseGet(() -> execute(request, time));
        orders.put(request.clientOrderId(), order);
        return order;
    }

    /** The outcome of an order, where the venue took it. */
    public Optional<VenueOrder> order(String clientOrderId) {
        return Optional.ofNullable(orders.get(clientOrderId));
    }

    /**
     * Fills in order, starting after a sequence.
     *
     * @param sequence 0 for all
     */
    public List<VenueFill> fillsAfter(long sequence) {
        int from = Math.clamp(sequence, 0, fills.size());
        return List.copyOf(fills.subList(from, fills.size()));
    }

    /**
     * What can be traded, best first; empty where the instrument is not listed. Both sides are
     * empty without a reference.
     *
     * @param instrument which
     * @param time now
     */
    public Optional<VisibleDepth> depth(InstrumentId instrument, VenueTime time) {
        return Optional.ofNullable(books.get(instrument)).map(book -> book.visible(time));
    }

    /** How far each instrument moved; those that never had a reference price are left out. */
    public SortedMap<InstrumentId, PriceMove> moves() {
        SortedMap<InstrumentId, PriceMove> moves = new TreeMap<>();
        books.forEach((id, book) -> book.move().ifPresent(move -> moves.put(id, move)));
        return moves;
    }

    private Optional<String> refusal(OrderRequest request) {
        if (request.clientOrderId().isEmpty() || request.clientOrderId().length() > 128) {
            return Optional.of("client order id must have 1 to 128 characters");
        }
        if (request.accountId().isEmpty()) {
            return Optional.of("account id is missing");
        }
        Book book = lookup(request.instrumentId());
        if (book == null) {
            return Optional.of("instrument " + request.instrumentId() + " is not listed");
        }
        Instrument instrument = book.instrument;
        if (request.sizeE8() == 0 || request.sizeE8() % instrument.lotSize().e8() != 0) {
            return Optional.of(
                    "size "
                            + FixedPoint.formatE8(request.sizeE8())
                            + " is not a multiple of the lot "
                            + instrument.lotSize());
        }
        if (request.limitE8() <= 0 || request.limitE8() % instrument.tickSize().e8() != 0) {
            return Optional.of(
                    "limit "
                            + FixedPoint.formatE8(request.limitE8())
                            + " is not a multiple of the tick "
                            + instrument.tickSize());
        }
        if (book.reference.isEmpty()) {
            return Optional.of("instrument " + request.instrumentId() + " has no price yet");
        }
        return Optional.empty();
    }

    private @org.jspecify.annotations.Nullable Book lookup(String instrumentId) {
        return books.values().stream()
                .filter(book -> book.instrument.id().value().equals(instrumentId))
                .findFirst()
                .orElse(null);
    }

    private VenueOrder execute(OrderRequest request, VenueTime time) {
        Book book = books.get(new InstrumentId(request.instrumentId()));
        if (book == null) {
            throw new IllegalStateException("checked before: " + request.instrumentId());
        }
        List<VenueFill> done = book.walk(request, time);
        fills.addAll(done);
        long filled = done.stream().mapToLong(fill -> fill.size().abs().e8()).sum();
        VenueOrder.Status status =
                filled == Math.abs(request.sizeE8())
                        ? VenueOrder.Status.FILLED
                        : VenueOrder.Status.EXPIRED;
        return new VenueOrder(request, status, done, "", time.eventNanos());
    }

    private final class Book {
        private final Instrument instrument;
        private final int place;
        private final BookSide bids;
        private final BookSide asks;
        private Optional<Price> reference = Optional.empty();
        private Optional<PriceMove> move = Optional.empty();

        Book(InstrumentSpec spec, int place, BookSide.BookShape shape) {
            this.instrument = spec.instrument();
            this.place = place;
            this.bids = new BookSide(instrument, true, spec.depth().e8(), shape);
            this.asks = new BookSide(instrument, false, spec.depth().e8(), shape);
        }

        void follow(Price price) {
            reference = Optional.of(price);
            PriceMove known = move.orElse(new PriceMove(price, price, price, 0));
            move =
                    Optional.of(
                            new PriceMove(
                                    known.opening(),
                                    lower(known.lowestReference(), price),
                                    lower(known.lowestTraded(), price),
                                    known.greatestDisplacementPpm()));
        }

        Optional<PriceMove> move() {
            return move;
        }

        VisibleDepth visible(VenueTime time) {
            return reference
                    .map(
                            price ->
                                    new VisibleDepth(
                                            shown(bids, price, time), shown(asks, price, time)))
                    .orElse(new VisibleDepth(List.of(), List.of()));
        }

        private List<VisibleDepth.Level> shown(BookSide side, Price price, VenueTime time) {
            SortedMap<Price, Quantity> sizes = new TreeMap<>();
            for (BookSide.Level level :
                    side.levels(price, depth.at(time.marketNanos()), time.marketNanos())) {
                sizes.merge(level.price(), level.size(), Quantity::plus);
            }
            List<VisibleDepth.Level> levels = new ArrayList<>();
            sizes.forEach((at, size) -> levels.add(new VisibleDepth.Level(at, size)));
            return side == bids ? levels.reversed() : levels;
        }

        List<VenueFill> walk(OrderRequest request, VenueTime time) {
            boolean sells = request.sizeE8() < 0;
            BookSide side = sells ? bids : asks;
            Price now = reference.orElseThrow();
            long left = Math.abs(request.sizeE8());
            List<VenueFill> done = new ArrayList<>();
            for (BookSide.Level level :
                    side.levels(now, depth.at(time.marketNanos()), time.marketNanos())) {
                long price = level.price().e8();
                if (left == 0 || (sells ? price < request.limitE8() : price > request.limitE8())) {
                    break;
                }
                Quantity taken = new Quantity(Math.min(left, level.size().e8()));
                side.consume(level, taken);
                left -= taken.e8();
                long sequence = fills.size() + done.size() + 1L;
                done.add(
                        new VenueFill(
                                sequence,
                                fillPrefix + sequence,
                                request.clientOrderId(),
                                new AccountId(request.accountId()),
                                makerOf(level, request),
                                instrument.id(),
                                sells ? taken.negate() : taken,
                                level.price(),
                                time.eventNanos()));
                traded(level.price(), now);
            }
            return done;
        }

        /** Levels go round among the makers; a maker never trades with itself. */
        private AccountId makerOf(BookSide.Level level, OrderRequest request) {
            int number = Math.floorMod(level.number() + place, makers.size());
            AccountId maker = makers.get(number);
            return maker.value().equals(request.accountId())
                    ? makers.get((number + 1) % makers.size())
                    : maker;
        }

        private void traded(Price price, Price now) {
            PriceMove known = move.orElseThrow();
            long displacement =
                    FixedPoint.mulDiv(
                            Math.abs(now.e8() - price.e8()),
                            FixedPoint.ONE_PPM,
                            now.e8(),
                            Rounding.HALF_EVEN);
            move =
                    Optional.of(
                            new PriceMove(
                                    known.opening(),
                                    known.lowestReference(),
                                    lower(known.lowestTraded(), price),
                                    Math.max(known.greatestDisplacementPpm(), displacement)));
        }

        private static Price lower(Price a, Price b) {
            return a.compareTo(b) <= 0 ? a : b;
        }
    }
}
