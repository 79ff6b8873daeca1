package dev.ringwall.admin;

import java.util.Map;
import java.util.Optional;

/// One request that has passed the rings.
///
/// @param verb    of the operation of `ringwall` that was permitted
/// @param id      the parameter of its path; `` where there is none
/// @param part    the second parameter of its path; `` where there is none
/// @param query   decoded; of what is said twice, the first
/// @param ifMatch what must still be true (RFC 9110 §13.1.1)
/// @param base    what addresses of resources begin with, `https://shop.example.com`
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record AdminRequest(
        String verb,
        String id,
        String part,
        Map<String, String> query,
        Optional<String> ifMatch,
        byte[] body,
        String base,
        Administrator by) {

    public AdminRequest {
        query = Map.copyOf(query);
    }
}
