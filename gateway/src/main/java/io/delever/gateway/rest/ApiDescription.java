package io.delever.gateway.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;

/** What the OpenAPI document says about the whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Delever",
                        version = "v1",
                        description =
                                "Prices, accounts and their margin, liquidations, the insurance"
                                    + " fund and sentiment of the de-leveraging engine. Decimals"
                                    + " travel as strings, times as RFC 3339 in UTC; a figure that"
                                    + " is not known is absent, never 0. Every change needs an"
                                    + " Idempotency-Key. Errors are application/problem+json.",
                        license =
                                @License(
                                        name = "Apache-2.0",
                                        url = "https://www.apache.org/licenses/LICENSE-2.0.txt")))
public class ApiDescription extends Application {}
