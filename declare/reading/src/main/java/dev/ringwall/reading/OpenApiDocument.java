package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.RequestShape;
import java.util.Optional;

record OpenApiDocument(FilePath path) {
    static Optional<OpenApiDocument> read(
            FilePath path, Line named, Sources sources, Problems problems) {
        return sources.text(path, named).map(_ -> new OpenApiDocument(path));
    }

    Optional<RequestShape> shape(HttpRoute route, Line named) {
        return Optional.empty();
    }
}
