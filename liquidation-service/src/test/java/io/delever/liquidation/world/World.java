package io.delever.liquidation.world;

import io.delever.contracts.execution.v1.DepthLevel;
import io.delever.contracts.execution.v1.Fill;
import io.delever.contracts.execution.v1.Order;
import io.delever.contracts.execution.v1.Side;
import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** margin-service and a venue on one real gRPC port, as the liquidation service meets them. */
public final class World {
    private static final AccountId MAKER = new AccountId("maker");

    private final MarginSide margin = new MarginSide();
    private final VenueSide venue = new VenueSide(this::makerFilled);
    private final Server server;

    /** Serves on this port of the loopback interface. */
    public World(int port) throws IOException {
        deposit("maker", "900000000");
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(margin.new Reads())
                        .addService(margin.new Commands())
                        .addService(venue)
                        .build()
                        .start();
    }

    private void makerFilled(Fill fill) {
        long size = fill.getSide() == Side.SIDE_SELL ? fill.getSizeE8() : -fill.getSizeE8();
        trade(MAKER, new Quantity(size), new Price(fill.getPriceE8()), fill.getFillId());
    }

    private void trade(AccountId account, Quantity size, Price price, String trade) {
        margin.act(
                new AccountCommand.Fill(
                        account,
                        MarginSide.BTC,
                        size,
                        price,
                        Money.ZERO,
                        FeeBeneficiary.VENUE,
                        false,
                        trade,
                        Optional.empty()));
    }

    /** Money from outside. */
    public void deposit(String account, String amount) {
        margin.act(
                new AccountCommand.Deposit(
                        new AccountId(account), MarginSide.USDC, Money.parse(amount)));
    }

    /** A trade of BTC-PERP with the maker on the other side. */
    public void trade(String account, String size, String price) {
        Quantity quantity = Quantity.parse(size);
        trade(new AccountId(account), quantity, Price.parse(price), "t");
        trade(MAKER, quantity.negate(), Price.parse(price), "t");
    }

    /** A usable price of BTC-PERP. */
    public void price(String mark) {
        margin.price(mark);
    }

    /** The price of BTC-PERP is stale from now on. */
    public void stale(String mark) {
        margin.stale(mark);
    }

    /** Bids like {@code "59000x2"}, best first; no asks. */
    public void bids(String... levels) {
        venue.book(levels(levels), List.of());
    }

    /** Asks like {@code "59000x2"}, best first; no bids. */
    public void asks(String... levels) {
        venue.book(List.of(), levels(levels));
    }

    private static List<DepthLevel> levels(String... levels) {
        return Arrays.stream(levels)
                .map(
                        level -> {
                            String[] parts = level.split("x", 2);
                            return DepthLevel.newBuilder()
                                    .setPriceE8(Price.parse(parts[0]).e8())
                                    .setSizeE8(Quantity.parse(parts[1]).e8())
                                    .build();
                        })
                .toList();
    }

    /** margin-service answers nothing, or answers again. */
    public void marginDown(boolean down) {
        margin.down(down);
    }

    /** The next orders are executed, but their answers are lost. */
    public void loseVenueAnswers(int count) {
        venue.loseAnswers(count);
    }

    /** The next submits are not taken at all. */
    public void refuseOrders(int count) {
        venue.refuse(count);
    }

    /** Signed size of BTC-PERP, "0" without a position. */
    public String position(String account) {
        return margin.position(account);
    }

    /** Balance of USDC. */
    public String balance(String account) {
        return margin.balance(account);
    }

    /** Totals of the ledger. */
    public Conservation conservation() {
        return margin.conservation();
    }

    /** How often each command of the service arrived. */
    public Map<String, Integer> commands() {
        return margin.received();
    }

    /** Every order by its client order id. */
    public Map<String, Order> orders() {
        return venue.orders();
    }

    /** How often each order was sent. */
    public Map<String, Integer> submits() {
        return venue.submits();
    }

    /** Ends everything; the port is free afterwards. */
    public void stop() throws InterruptedException {
        server.shutdownNow();
        if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the world did not end");
        }
    }
}
