package io.delever.gateway.rest;

import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.UpstreamMonitor;
import io.delever.gateway.rest.view.StatusViews.ServiceView;
import io.delever.gateway.rest.view.StatusViews.StatusView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which services answer. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Status", description = "The services behind the gateway")
public class StatusResource {
    @Inject UpstreamMonitor monitor;

    /** What the last check of each service found. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/status")
    @Operation(summary = "Which services behind the gateway answer")
    public StatusView status() {
        return new StatusView(monitor.statuses().values().stream().map(ServiceView::of).toList());
    }
}
