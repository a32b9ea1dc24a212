package io.delever.simulation.demo;

import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.simulation.market.MarketSources;
import io.delever.simulation.population.OpeningCommands;
import io.delever.simulation.population.Population;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.LocalStack;
import io.delever.simulation.stack.ServiceName;
import io.delever.simulation.stack.StackException;
import io.delever.simulation.stack.StackFolder;
import io.delever.simulation.venue.PaperVenue;
import io.delever.simulation.venue.VenueService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A demo from start to summary: starts the stack and the paper venue, pushes the scenario, opens
 * the accounts, plays the market, waits until everything has come to rest, and sums up. Used by the
 * command and by tests.
 */
public final class DemoRun implements AutoCloseable {
    private static final Duration OPENING_LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(250);

    private final DemoOptions options;
    private final Scenario scenario;
    private final Consumer<String> says;
    private final StackFolder folder;
    private final MarketSources sources;
    private final Population population;
    private final ReplayClock clock;
    private final PaperVenue venue;
    private final Server venueServer;
    private final LocalStack stack;
    private final Channels channels;
    private final MakerReporter makers;
    private final ReferenceFollower reference;
    private final TickStream ticks;
    private final TickFeeder feeder;
    private final RunNames names;
    private final long beganNanos;
    private boolean closed;

    private DemoRun(DemoOptions options, StackFolder folder, Consumer<String> says) {
        this.options = options;
        this.scenario = options.scenario();
        this.folder = folder;
        this.says = says;
        this.sources = MarketSources.open(scenario, options.tape());
        LocalStack.clearLeft(folder, says);
        if (options.fresh()) {
            folder.wipe();
        }
        this.names = new RunNames(folder.beginRun());
        this.population =
                Population.draw(scenario, sources.openingPrices(scenario)).renamed(names::account);
        this.clock = new ReplayClock(InstantSource.system(), scenario.fromNanos());
        this.beganNanos = clock.presentNanos();
        this.venue =
                new PaperVenue(
                        scenario, sources.depth(), population.makers(), names.prefix() + "pv-");
        MakerLink link = new MakerLink();
        this.venueServer = startVenue(new VenueService(venue, clock::venueTime, link));
        this.stack = startStack();
        this.channels = new Channels(stack);
        this.makers = new MakerReporter(new CommandSender(channels.to(ServiceName.MARGIN)));
        link.connect(makers);
        this.reference = new ReferenceFollower(channels.to(ServiceName.PRICE), venue);
        this.ticks = new TickStream(channels.to(ServiceName.PRICE), clock, sources.ticks());
        this.feeder = new TickFeeder(sources.ticks(), ticks, clock, options.speed());
    }

    /**
     * Takes the data folder and starts venue and services; returns when they are started, not yet
     * ready.
     *
     * @param options what to run
     * @param says takes a line for each thing worth telling
     */
    public static DemoRun start(DemoOptions options, Consumer<String> says) {
        StackFolder folder = StackFolder.take(options.data());
        try {
            return new DemoRun(options, folder, says);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Address of the page. */
    public String page() {
        return "http://127.0.0.1:" + stack.port(ServiceName.GATEWAY) + "/";
    }

    /** The services. */
    public LocalStack stack() {
        return stack;
    }

    /** Channels to the services. */
    public Channels channels() {
        return channels;
    }

    /** Port of the paper venue. */
    public int venuePort() {
        return venueServer.getPort();
    }

    /**
     * Lists everything, opens every account, gives the fund its capital; returns when all of it is
     * durable.
     */
    public void open() {
        stack.awaitReady();
        long now = clock.presentNanos();
        ServiceSettings settings = settings();
        for (InstrumentSpec spec : scenario.instruments()) {
            PriceAdminServiceGrpc.newBlockingStub(channels.to(ServiceName.PRICE))
                    .putInstrument(
                            PutInstrumentRequest.newBuilder()
                                    .setCommandId(names.prefix() + "index-" + spec.id().value())
                                    .setDefinition(
                                            ContractMapping.index(
                                                    spec.index(), settings::staleness))
                                    .build());
        }
        CommandSender sender = new CommandSender(channels.to(ServiceName.MARGIN));
        String prefix = names.prefix();
        for (io.delever.engine.margin.Command listing :
                OpeningCommands.listings(scenario, prefix, now)) {
            submit(sender, List.of(listing), "listing");
        }
        submit(sender, OpeningCommands.deposits(population, prefix, now), "deposit");
        submit(sender, OpeningCommands.fills(scenario, population, prefix, now), "opening fill");
        if (scenario.fund().contribution().isPositive()) {
            InsuranceFundServiceGrpc.newBlockingStub(channels.to(ServiceName.LIQUIDATION))
                    .contributeToFund(
                            ContributeToFundRequest.newBuilder()
                                    .setCommandId(prefix + "seed")
                                    .setAssetId(scenario.unitOfAccount().value())
                                    .setAmountE8(scenario.fund().contribution().e8())
                                    .build());
        }
        says.accept(
                "opened %,d accounts with %,d trades"
                        .formatted(
                                scenario.population().accounts() + population.makers().size(),
                                population.trades().size()));
    }

    /** Begins to play the market. */
    public void play() {
        reference.start();
        feeder.start();
    }

    /** Where the replay stands. */
    public DemoProgress progress() {
        return new DemoProgress(
                clock.marketNanos(),
                feeder.sent(),
                sources.ticks().size(),
                reference.usable(),
                makers.reported(),
                makers.unacknowledged(),
                stack.restarts());
    }

    /** Whether every tick was played and answered. */
    public boolean isPlayed() {
        return feeder.isPlayed();
    }

    /**
     * Waits until every tick was played.
     *
     * @param limit how long at most
     * @param each called now and then
     */
    public void awaitPlayed(Duration limit, Runnable each) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!feeder.isPlayed()) {
            requireHealth();
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "the market was not played to its end in " + limit.toSeconds() + " s");
            }
            each.run();
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Waits until nothing moves any more, then sums up. Waits as long as commands or fills keep
     * coming; a summary taken without rest does not hold.
     *
     * @param shows told now and then what is waited for
     */
    public RunSummary finish(Consumer<String> shows) {
        DemoSummary summary =
                new DemoSummary(scenario, channels, names, beganNanos, this::requireHealth);
        Optional<String> unrest = summary.awaitRest(RestWatch.Limits.usual(), makers, shows);
        RunSummary result =
                summary.sumUp(
                        new DemoSummary.Local(
                                sources.ticks().size(),
                                feeder.accepted(),
                                feeder.rejected(),
                                sources.tape().map(tape -> tape.bad()).orElse(0L),
                                population.makers().size(),
                                stack.restarts(),
                                moves(),
                                makers.trouble(),
                                unrest));
        if (result.holds()) {
            folder.endRun(names.number());
        }
        return result;
    }

    private java.util.SortedMap<
                    io.delever.engine.market.InstrumentId, io.delever.simulation.venue.PriceMove>
            moves() {
        synchronized (venue) {
            return venue.moves();
        }
    }

    /** Stops feeding, services, database and venue. Harmless when called again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        feeder.stop();
        reference.close();
        makers.close();
        channels.close();
        stack.close();
        venueServer.shutdownNow();
        folder.close();
    }

    private void requireHealth() {
        stack.broken()
                .ifPresent(
                        why -> {
                            throw new StackException(why);
                        });
        if (!feeder.trouble().isEmpty()) {
            throw new StackException(feeder.trouble());
        }
    }

    private void submit(
            CommandSender sender, List<io.delever.engine.margin.Command> commands, String what) {
        List<Command> messages = commands.stream().map(ContractMapping::command).toList();
        List<CommandReply> refused = sender.send(messages, OPENING_LIMIT);
        if (!refused.isEmpty()) {
            throw new StackException(
                    "margin-service refused "
                            + refused.size()
                            + " of "
                            + messages.size()
                            + " "
                            + what
                            + " commands, the first is "
                            + refused.getFirst().getCommandId()
                            + ": "
                            + refused.getFirst().getRejected().getDetail());
        }
    }

    private ServiceSettings settings() {
        return new ServiceSettings(scenario, options.speed());
    }

    private LocalStack startStack() {
        Map<ServiceName, Map<String, String>> environment = settings().environment();
        try {
            return LocalStack.start(
                    folder,
                    new LocalStack.Options(
                            options.home(),
                            options.database(),
                            options.gatewayPort(),
                            venueServer.getPort(),
                            environment),
                    says);
        } catch (RuntimeException e) {
            venueServer.shutdownNow();
            throw e;
        }
    }

    private static Server startVenue(VenueService service) {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new StackException("the paper venue did not start: " + e.getMessage(), e);
        }
    }

    /** The venue starts before margin-service has an address, so the reporter joins later. */
    private static final class MakerLink
            implements Consumer<List<io.delever.simulation.venue.VenueFill>> {
        private volatile Consumer<List<io.delever.simulation.venue.VenueFill>> target =
                fills -> {
                    throw new IllegalStateException("an order came before the market began");
                };

        void connect(MakerReporter reporter) {
            target = reporter::report;
        }

        @Override
        public void accept(List<io.delever.simulation.venue.VenueFill> fills) {
            target.accept(fills);
        }
    }
}
