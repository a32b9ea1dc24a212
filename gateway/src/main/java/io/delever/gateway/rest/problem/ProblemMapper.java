package io.delever.gateway.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.delever.gateway.client.UpstreamException;
import io.delever.gateway.client.Upstreams;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request early into an {@code application/problem+json} answer. */
public final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /** An answer decided by the gateway. */
    @ServerExceptionMapper
    public Response map(ProblemException e) {
        return response(e);
    }

    /** An error of a service. */
    @ServerExceptionMapper
    public Response map(UpstreamException e) {
        ProblemException problem = Problems.of(e);
        if (problem.problem().status() == 500) {
            LOG.errorf(e, "%s failed", e.upstream().serviceName());
        }
        return response(problem);
    }

    /** A body of the wrong shape. */
    @ServerExceptionMapper
    public Response map(MismatchedInputException e) {
        return response(Problems.of(e));
    }

    /** A body that is not JSON. */
    @ServerExceptionMapper
    public Response map(JsonProcessingException e) {
        return response(Problems.of(e));
    }

    /** What the framework refuses by itself. */
    @ServerExceptionMapper
    public Response map(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return response(Problems.of(json));
        }
        int status = e.getResponse().getStatus();
        Problem problem =
                switch (e) {
                    case NotFoundException notFound -> unknownPath(uri.getPath());
                    case NotAllowedException notAllowed ->
                            Problem.of(
                                    405,
                                    "METHOD_NOT_ALLOWED",
                                    "the path exists, but not with this method");
                    case NotSupportedException notSupported ->
                            Problem.of(
                                    415,
                                    "UNSUPPORTED_MEDIA_TYPE",
                                    "the body must be application/json");
                    case NotAcceptableException notAcceptable ->
                            Problem.of(
                                    406,
                                    "NOT_ACCEPTABLE",
                                    "none of the media types in Accept can be answered here");
                    default -> other(status, e);
                };
        Response answer = response(new ProblemException(problem));
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    /**
     * A request that ended before its body did; there is hardly anybody left to read the answer.
     */
    @ServerExceptionMapper
    public Response map(IOException e) {
        LOG.debugf("a body could not be read to its end: %s", e.getMessage());
        return response(
                Problems.badRequest("MALFORMED_JSON", "", "the body ended before it was complete"));
    }

    /** Nobody, or nobody known: 401 without saying which. */
    @ServerExceptionMapper
    public Response map(UnauthorizedException e) {
        return unauthenticatedResponse();
    }

    /** A token that is expired, revoked, not signed by the issuer or not meant for us: 401. */
    @ServerExceptionMapper
    public Response map(AuthenticationFailedException e) {
        LOG.infof("a token was refused");
        return unauthenticatedResponse();
    }

    /** Known, but this is not theirs to do: 403. */
    @ServerExceptionMapper
    public Response map(ForbiddenException e) {
        return response(new ProblemException(forbidden()));
    }

    private static Response unauthenticatedResponse() {
        return Response.fromResponse(response(new ProblemException(unauthenticated())))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    /** Nobody said who they are, or it was not believed. */
    public static Problem unauthenticated() {
        return Problem.of(
                401, "UNAUTHENTICATED", "a valid token is needed: Authorization: Bearer …");
    }

    /** The role or the account is not the caller's. */
    public static Problem forbidden() {
        return Problem.of(
                403, "FORBIDDEN", "the token does not allow this operation or this account");
    }

    /** Anything else is our own fault and is not shown. */
    @ServerExceptionMapper
    public Response map(Throwable e) {
        LOG.error("a request failed", e);
        return response(new ProblemException(internal()));
    }

    /** No endpoint and no file has this path: 404. */
    public static Problem unknownPath(String path) {
        String shown = path.length() <= 120 ? path : path.substring(0, 120) + "…";
        return Problem.of(
                404, "UNKNOWN_PATH", "there is nothing at " + shown + "; see /q/swagger-ui");
    }

    /** An error without internals: 500. */
    public static Problem internal() {
        return Problem.of(
                500, "INTERNAL", "the gateway failed; the instance names the line in its log");
    }

    private static Problem other(int status, WebApplicationException e) {
        if (status >= 500) {
            LOG.error("a request failed", e);
            return internal();
        }
        if (status == 413) {
            return Problem.of(413, "BODY_TOO_LARGE", "the body is larger than the limit");
        }
        return Problem.of(status, "BAD_REQUEST", "the request cannot be understood");
    }

    private static Response response(ProblemException e) {
        Problem problem = e.problem();
        String requestId = MDC.get(Upstreams.REQUEST_ID) instanceof String id ? id : "unknown";
        Response.ResponseBuilder response =
                Response.status(problem.status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(problem.ofRequest(requestId));
        e.retryAfter()
                .map(ProblemMapper::seconds)
                .ifPresent(s -> response.header("Retry-After", s));
        return response.build();
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }
}
