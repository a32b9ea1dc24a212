package io.delever.gateway.rest.view;

import io.delever.gateway.client.UpstreamStatus;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which services answer. */
public final class StatusViews {
    private StatusViews() {}

    /** The services behind the gateway. */
    public record StatusView(List<ServiceView> services) {}

    /** One service. */
    public record ServiceView(
            @Schema(examples = {"margin-service"}) String service,
            @Schema(enumeration = {"SERVING", "NOT_SERVING", "UNREACHABLE"}) String state,
            Timestamp since) {

        /** From the last check. */
        public static ServiceView of(UpstreamStatus status) {
            return new ServiceView(
                    status.upstream().serviceName(),
                    status.state().name(),
                    Timestamp.of(status.since()));
        }
    }
}
