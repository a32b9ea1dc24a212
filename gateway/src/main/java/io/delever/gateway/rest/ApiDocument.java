package io.delever.gateway.rest;

import io.delever.gateway.rest.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the OpenAPI document: every operation may answer with a problem, and decimals are
 * strings in examples too.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().removeAPIResponse("400");
        describeEvents(operation);
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("An error; see /problems.html for the reasons")
                                .content(
                                        OASFactory.createContent()
                                                .addMediaType(
                                                        Problem.MEDIA_TYPE,
                                                        OASFactory.createMediaType()
                                                                .schema(
                                                                        OASFactory.createSchema()
                                                                                .ref("Problem")))));
        return operation;
    }

    /** An event stream is text; what its events carry stands in the description. */
    private static void describeEvents(Operation operation) {
        APIResponse ok = operation.getResponses().getAPIResponse("200");
        if (ok != null && ok.getContent() != null) {
            MediaType events = ok.getContent().getMediaType("text/event-stream");
            if (events != null) {
                events.setSchema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().removeSchema("OutboundSseEvent");
        document.getComponents().removeSchema("MediaType");
    }

    @Override
    public Schema filterSchema(Schema schema) {
        List<Object> examples = schema.getExamples();
        if (examples != null && schema.getType() != null) {
            boolean text = schema.getType().contains(Schema.SchemaType.STRING);
            if (text) {
                schema.setExamples(examples.stream().map(e -> (Object) e.toString()).toList());
            }
        }
        return schema;
    }
}
