package dev.ringwall.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where a node of this machine listens, written beside its certificates for whoever runs it: `prove` attacks there.
///
/// @param services service → its places
public record NodePlaces(Map<String, Service> services) {

    private static final String FILE = "places.json";

    public NodePlaces {
        services = new TreeMap<>(services);
    }

    /// Where one service is.
    ///
    /// @param inbound  where its sidecar listens, `host:port`
    /// @param own      where the program itself listens, where the node runs it
    /// @param outbound callee → the address that the program was handed
    public record Service(String inbound, @Nullable String own, Map<String, String> outbound) {}

    /// Writes it into a node's folder.
    public void write(Path folder) throws IOException {
        OwnerFiles.write(folder.resolve(FILE), RecordJson.write(this));
    }

    /// Reads it from a node's folder; nothing where there is none.
    public static NodePlaces read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new NodePlaces(Map.of());
        }
        return switch (RecordJson.read(Files.readAllBytes(file), NodePlaces.class)) {
            case Json.Parsed.Value<NodePlaces>(NodePlaces places) -> places;
            case Json.Parsed.Malformed<NodePlaces>(String why) ->
                    throw new IOException(file + ": " + why);
        };
    }
}
