package io.delever.price;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Reads the details of an error as a client does. */
final class Errors {
    private Errors() {}

    static String reason(Throwable error) {
        return info(error).getReason();
    }

    static Map<String, String> metadata(Throwable error) {
        return info(error).getMetadataMap();
    }

    static boolean hasRetryInfo(Throwable error) {
        return status(error).getDetailsList().stream().anyMatch(any -> any.is(RetryInfo.class));
    }

    private static Status status(Throwable error) {
        Status status = StatusProto.fromThrowable(error);
        if (status == null) {
            throw new AssertionError("no status", error);
        }
        return status;
    }

    private static ErrorInfo info(Throwable error) {
        for (Any any : status(error).getDetailsList()) {
            if (any.is(ErrorInfo.class)) {
                try {
                    ErrorInfo info = any.unpack(ErrorInfo.class);
                    if (!info.getDomain().equals("delever.io")) {
                        throw new AssertionError("domain " + info.getDomain());
                    }
                    return info;
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no ErrorInfo", error);
    }
}
