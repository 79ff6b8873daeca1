package dev.ringwall.shape;

import dev.ringwall.model.RequestShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What requests to one operation must look like, compiled. Any thread may use it.
public final class RequestCheck {

    private final List<ParameterCheck> parameters = new ArrayList<>();
    private final Set<String> queryNames = new HashSet<>();
    private final Map<String, BodyCheck> bodies = new HashMap<>();
    private final Set<String> opaque;
    private final boolean bodyRequired;

    private RequestCheck(RequestShape shape) {
        this.bodyRequired = shape.bodyRequired();
        for (RequestShape.Parameter declared : shape.parameters()) {
            ParameterCheck parameter = ParameterCheck.of(declared);
            parameters.add(parameter);
            if (declared.in() == RequestShape.In.QUERY) {
                queryNames.addAll(parameter.names());
            }
        }
        shape.bodies()
                .forEach((type, schema) ->
                        bodies.put(
                                type,
                                type.equals(MediaType.FORM)
                                        ? BodyCheck.ofForms(schema)
                                        : BodyCheck.of(schema)));
        opaque = shape.opaque();
    }

    /// Compiles a shape.
    ///
    /// @throws IllegalArgumentException when a schema is none; the reader of declarations refuses such
    public static RequestCheck of(RequestShape shape) {
        return new RequestCheck(shape);
    }

    /// Holds the parameters of path, query and headers against their schemas. A query parameter that is not declared is refused; headers
    /// are not, since clients send what they like.
    public Verdict parameters(RequestParts request) {
        for (String name : request.query().keySet()) {
            if (!queryNames.contains(name)) {
                return new Verdict.Broken(Pointer.clipped("query " + name), Keywords.UNDECLARED);
            }
        }
        for (ParameterCheck parameter : parameters) {
            if (parameter.check(request) instanceof Verdict.Broken broken) {
                return broken;
            }
        }
        return Verdict.FITS;
    }

    /// How the body must be looked at.
    ///
    /// @param present     whether the request has one
    /// @param contentType as it came; empty when there is none
    public BodyRule body(boolean present, String contentType) {
        if (!present) {
            return bodyRequired ? new BodyRule.NotValid("a body is missing") : new BodyRule.Pass();
        }
        if (bodies.isEmpty() && opaque.isEmpty()) {
            return new BodyRule.NotValid("a body, where none is declared");
        }
        String type = MediaType.of(contentType);
        if (opaque.contains(type) || opaque.contains(MediaType.range(type))) {
            return new BodyRule.Pass();
        }
        BodyCheck check = bodies.get(type);
        return check == null
                ? new BodyRule.OtherMedia("content type `" + Pointer.clipped(contentType) + "`")
                : new BodyRule.Validate(check);
    }
}
