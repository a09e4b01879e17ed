package org.sekisho.control.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Publishes what JSON does here with what is not there: a property that isn't required may be null as well as missing, in
 * what the server sends and in what it takes.
 *
 * <p>Source: JSON Schema Validation 2020-12, 6.1.1, where null is a type of its own, as OpenAPI 3.1 has it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class NullableProperties implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() != null && document.getComponents().getSchemas() != null) {
            document.getComponents().getSchemas().values().forEach(NullableProperties::open);
        }
    }

    private static void open(Schema object) {
        Map<String, Schema> properties = object.getProperties();
        if (properties == null) {
            return;
        }
        List<String> required = object.getRequired() == null ? List.of() : object.getRequired();
        Map<String, Schema> opened = new LinkedHashMap<>();
        properties.forEach((name, schema) -> opened.put(name, required.contains(name) ? schema : orNull(schema)));
        object.setProperties(opened);
    }

    private static Schema orNull(Schema schema) {
        if (schema.getType() == null || schema.getEnumeration() != null) {
            return OASFactory.createSchema()
                    .anyOf(List.of(schema, OASFactory.createSchema().addType(SchemaType.NULL)));
        }
        List<SchemaType> types = new ArrayList<>(schema.getType());
        if (!types.contains(SchemaType.NULL)) {
            types.add(SchemaType.NULL);
        }
        schema.setType(types);
        return schema;
    }
}
