package io.delever.gateway.upstream;

import java.util.List;

/** The four services behind the gateway, in this process but over real sockets. */
public final class TestUpstreams {
    private final TestPrices prices = new TestPrices();
    private final TestHistory history = new TestHistory();
    private final TestPriceAdmin priceAdmin = new TestPriceAdmin();
    private final TestMargin margin = new TestMargin();
    private final TestCommands commands = new TestCommands(margin);
    private final TestLiquidation liquidation = new TestLiquidation();
    private final TestFund fund = new TestFund();
    private final TestSentiment sentiment = new TestSentiment();
    private final TestServer priceServer = new TestServer(prices, history, priceAdmin);
    private final TestServer marginServer = new TestServer(margin, commands);
    private final TestServer liquidationServer = new TestServer(liquidation, fund);
    private final TestServer sentimentServer = new TestServer(sentiment);

    /** Starts all four. */
    public void start() {
        servers().forEach(TestServer::start);
    }

    /** Stops all four. */
    public void stop() {
        servers().forEach(TestServer::kill);
    }

    private List<TestServer> servers() {
        return List.of(priceServer, marginServer, liquidationServer, sentimentServer);
    }

    /** Prices. */
    public TestPrices prices() {
        return prices;
    }

    /** Candles. */
    public TestHistory history() {
        return history;
    }

    /** Accounts. */
    public TestMargin margin() {
        return margin;
    }

    /** Commands. */
    public TestCommands commands() {
        return commands;
    }

    /** Cases. */
    public TestLiquidation liquidation() {
        return liquidation;
    }

    /** Insurance fund. */
    public TestFund fund() {
        return fund;
    }

    /** Scores. */
    public TestSentiment sentiment() {
        return sentiment;
    }

    /** The server of prices. */
    public TestServer priceServer() {
        return priceServer;
    }

    /** The server of accounts and commands. */
    public TestServer marginServer() {
        return marginServer;
    }

    /** The server of cases and fund. */
    public TestServer liquidationServer() {
        return liquidationServer;
    }

    /** The server of scores. */
    public TestServer sentimentServer() {
        return sentimentServer;
    }

    /** How often the price stream was opened; grows with reconnects, not with readers. */
    public int priceStreamsOpened() {
        return prices.stream().openedCount();
    }

    /** How often the price stream was resumed instead of starting with a snapshot. */
    public int priceStreamsResumed() {
        return prices.stream().resumedCount();
    }

    /** Price streams open now. */
    public int priceStreamsOpen() {
        return prices.stream().readerCount();
    }

    /**
     * Kills the price server; with {@code newEpoch} it comes back as one that knows nothing of the
     * old sequences.
     */
    public void restartPrices(Runnable whileDown, String newEpoch) {
        priceServer.kill();
        prices.stream().forgetReaders();
        whileDown.run();
        if (!newEpoch.isEmpty()) {
            prices.stream().newEpoch(newEpoch);
        }
        priceServer.start();
    }
}
