package dev.ringwall.control;

import dev.ringwall.model.Blueprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A declaration that makes sense, with the texts that it was read from.
///
/// @param entry which of the files is the first
/// @param files path → text
public record Declared(Blueprint blueprint, String entry, Map<String, String> files) {

    public Declared {
        files = Map.copyOf(files);
    }

    /// The names that a node may join as: the gateway, and every service that nodes stand beside.
    List<String> names() {
        List<String> names = new ArrayList<>(List.of("gateway"));
        blueprint.programs().forEach(service -> names.add(service.name()));
        return names;
    }

    /// SHA-256 over names and texts in the order of the names, 64 hexadecimal digits.
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files)
                    .forEach((name, text) -> {
                        for (String part : new String[] {name, text}) {
                            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                            digest.update(bytes);
                        }
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
