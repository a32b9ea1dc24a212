package io.delever.gateway.upstream;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Errors as the services send them. */
final class Errors {
    private Errors() {}

    static StatusRuntimeException of(
            Code code, String reason, String message, Map<String, String> metadata) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, metadata).build());
    }

    static StatusRuntimeException retryable(
            Code code, String reason, String message, long seconds) {
        RetryInfo retry =
                RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(seconds).setNanos(1))
                        .build();
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, Map.of()).addDetails(Any.pack(retry)).build());
    }

    private static Status.Builder status(
            Code code, String reason, String message, Map<String, String> metadata) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("delever.io")
                        .putAllMetadata(metadata)
                        .build();
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(info));
    }
}
