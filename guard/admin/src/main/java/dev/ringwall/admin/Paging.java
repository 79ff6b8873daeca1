package dev.ringwall.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Pages of lists: at most so many, and a cursor that says where the next begins. A cursor names a place, so it can be forged without
/// gain: it shows nothing that the list does not.
final class Paging {

    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 200;

    private Paging() {}

    static int limit(AdminRequest request) {
        String text = request.query().get("limit");
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException notOne) {
            // the same as one out of range
        }
        throw Refused.unusable("not a limit (expected: 1 to " + LIMIT_MAX + ")");
    }

    /// What the page comes after; `` for the first.
    static String after(AdminRequest request) {
        String cursor = request.query().getOrDefault("cursor", "");
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOne) {
            throw Refused.unusable("not a cursor (expected: `next` of the page before)");
        }
    }

    static AdminAnswer page(String name, List<?> items, Optional<String> next) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, items);
        next.ifPresent(last ->
                page.put(
                        "next",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(last.getBytes(StandardCharsets.UTF_8))));
        return AdminAnswer.of(200, AdminAnswer.JSON, page);
    }

    /// A page of a list that is at hand whole, in the order of ids.
    static <T> AdminAnswer page(
            AdminRequest request,
            String name,
            List<T> all,
            Function<T, String> id,
            Function<T, Object> shown) {
        String after = after(request);
        List<T> rest = all.stream().filter(one -> id.apply(one).compareTo(after) > 0).toList();
        List<T> page = rest.subList(0, Math.min(limit(request), rest.size()));
        return page(
                name,
                page.stream().map(shown).toList(),
                page.size() < rest.size()
                        ? Optional.of(id.apply(page.getLast()))
                        : Optional.empty());
    }
}
