package io.delever.gateway.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A service behind the gateway answered with an error, or did not answer. */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Upstream upstream;
    private final transient Status status;
    private final transient Optional<ErrorInfo> errorInfo;
    private final transient Optional<Duration> retryAfter;

    private UpstreamException(
            Upstream upstream, StatusRuntimeException cause, com.google.rpc.Status details) {
        super(upstream.serviceName() + ": " + cause.getStatus(), cause);
        this.upstream = upstream;
        this.status = cause.getStatus();
        this.errorInfo = detail(details, ErrorInfo.class);
        this.retryAfter =
                detail(details, RetryInfo.class)
                        .map(RetryInfo::getRetryDelay)
                        .map(d -> Duration.ofSeconds(d.getSeconds(), d.getNanos()));
    }

    /** Keeps what the service said in {@code cause}, including its error details. */
    public static UpstreamException of(Upstream upstream, StatusRuntimeException cause) {
        com.google.rpc.Status details = StatusProto.fromThrowable(cause);
        return new UpstreamException(
                upstream,
                cause,
                details == null ? com.google.rpc.Status.getDefaultInstance() : details);
    }

    /** The service that was called. */
    public Upstream upstream() {
        return upstream;
    }

    /** The gRPC status it answered with; UNAVAILABLE where it could not be reached. */
    public Status status() {
        return status;
    }

    /** The stable reason that the service gave; empty where it gave none. */
    public Optional<String> reason() {
        return errorInfo.map(ErrorInfo::getReason).filter(reason -> !reason.isEmpty());
    }

    /** What the service said about the id, the value and the limit; may be empty. */
    public Map<String, String> metadata() {
        return errorInfo.map(ErrorInfo::getMetadataMap).orElse(Map.of());
    }

    /** When to try again; empty where the service gave no hint. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    private static <T extends com.google.protobuf.Message> Optional<T> detail(
            com.google.rpc.Status status, Class<T> type) {
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return Optional.of(any.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
