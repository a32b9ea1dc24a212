package io.delever.gateway.client;

import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc.InsuranceFundServiceBlockingStub;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc.LiquidationServiceBlockingStub;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc.AccountCommandServiceBlockingStub;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.MarginServiceGrpc.MarginServiceBlockingStub;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc.PriceAdminServiceBlockingStub;
import io.delever.contracts.price.v1.PriceHistoryServiceGrpc;
import io.delever.contracts.price.v1.PriceHistoryServiceGrpc.PriceHistoryServiceBlockingStub;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceServiceGrpc.PriceServiceBlockingStub;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc.SentimentServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jboss.logging.MDC;

/**
 * Unary calls to the services behind the gateway. Every call has a deadline and carries the request
 * id; every failure is an {@link UpstreamException} (GATE-014).
 */
@Singleton
public final class Upstreams {
    /** Name under which the request id stands in log lines. */
    public static final String REQUEST_ID = "requestId";

    private static final Metadata.Key<String> REQUEST_ID_HEADER =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    private final Channel price;
    private final Channel margin;
    private final Channel liquidation;
    private final Channel sentiment;
    private final UpstreamSettings settings;

    @Inject
    Upstreams(
            @GrpcClient("price") Channel price,
            @GrpcClient("margin") Channel margin,
            @GrpcClient("liquidation") Channel liquidation,
            @GrpcClient("sentiment") Channel sentiment,
            UpstreamSettings settings) {
        this.price = price;
        this.margin = margin;
        this.liquidation = liquidation;
        this.sentiment = sentiment;
        this.settings = settings;
    }

    /** Calls price-service. */
    public <R> R price(Function<PriceServiceBlockingStub, R> call) {
        return call(Upstream.PRICE, PriceServiceGrpc.newBlockingStub(price), call);
    }

    /** Calls price-service about what is listed and halted. */
    public <R> R priceAdmin(Function<PriceAdminServiceBlockingStub, R> call) {
        return call(Upstream.PRICE, PriceAdminServiceGrpc.newBlockingStub(price), call);
    }

    /** Calls price-service about what prices were. */
    public <R> R priceHistory(Function<PriceHistoryServiceBlockingStub, R> call) {
        return call(Upstream.PRICE, PriceHistoryServiceGrpc.newBlockingStub(price), call);
    }

    /** Calls margin-service to read or to calculate. */
    public <R> R margin(Function<MarginServiceBlockingStub, R> call) {
        return call(Upstream.MARGIN, MarginServiceGrpc.newBlockingStub(margin), call);
    }

    /** Calls margin-service to change something. */
    public <R> R commands(Function<AccountCommandServiceBlockingStub, R> call) {
        return call(Upstream.MARGIN, AccountCommandServiceGrpc.newBlockingStub(margin), call);
    }

    /** Calls liquidation-service about cases and the ADL queue. */
    public <R> R liquidation(Function<LiquidationServiceBlockingStub, R> call) {
        return call(
                Upstream.LIQUIDATION, LiquidationServiceGrpc.newBlockingStub(liquidation), call);
    }

    /** Calls liquidation-service about the insurance fund. */
    public <R> R fund(Function<InsuranceFundServiceBlockingStub, R> call) {
        return call(
                Upstream.LIQUIDATION, InsuranceFundServiceGrpc.newBlockingStub(liquidation), call);
    }

    /** Calls sentiment-service. */
    public <R> R sentiment(Function<SentimentServiceBlockingStub, R> call) {
        return call(Upstream.SENTIMENT, SentimentServiceGrpc.newBlockingStub(sentiment), call);
    }

    /** The channel to a service, for streams. */
    Channel channel(Upstream upstream) {
        return switch (upstream) {
            case PRICE -> price;
            case MARGIN -> margin;
            case LIQUIDATION -> liquidation;
            case SENTIMENT -> sentiment;
        };
    }

    /** Whether there is a live connection to a service. */
    boolean transportReady(Upstream upstream) {
        return !(channel(upstream) instanceof ManagedChannel managed)
                || managed.getState(false) == ConnectivityState.READY;
    }

    /** Lets the next call connect at once instead of after the channel's own growing pause. */
    void retryConnectionNow(Upstream upstream) {
        if (channel(upstream) instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        }
    }

    UpstreamSettings settings() {
        return settings;
    }

    private <S extends AbstractBlockingStub<S>, R> R call(
            Upstream upstream, S stub, Function<S, R> call) {
        S prepared = stub.withDeadlineAfter(settings.callTimeout());
        if (MDC.get(REQUEST_ID) instanceof String requestId) {
            Metadata headers = new Metadata();
            headers.put(REQUEST_ID_HEADER, requestId);
            prepared =
                    prepared.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        try {
            return call.apply(prepared);
        } catch (StatusRuntimeException e) {
            throw UpstreamException.of(upstream, e);
        }
    }
}
