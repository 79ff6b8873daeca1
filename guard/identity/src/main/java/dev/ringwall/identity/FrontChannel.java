package dev.ringwall.identity;

import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The pages of clients that the browser loads when somebody signs out with it, so that each forgets its own part of the login
/// (OpenID Connect Front-Channel Logout 1.0 §3). Only addresses of the declaration, only of clients that this login was used at.
///
/// @param pages with `iss` and `sid`, in the order of the clients' names
record FrontChannel(List<URI> pages) {

    /// Nobody is to be told.
    static final FrontChannel NOBODY = new FrontChannel(List.of());

    FrontChannel {
        pages = List.copyOf(pages);
    }

    /// Those that are to be told of that login; to be asked for before it ends.
    static FrontChannel of(
            Store store, Rights rights, Subjects subjects, String issuer, SignedIn person) {
        return new FrontChannel(
                LogoutNotices.usedAt(store, person.sid()).stream()
                        .flatMap(name -> rights.client(name).stream())
                        .flatMap(client ->
                                client.logout().frontChannel().stream()
                                        .map(page ->
                                                with(
                                                        page,
                                                        Map.of(
                                                                "iss",
                                                                issuer,
                                                                "sid",
                                                                subjects.at(
                                                                                client.name(),
                                                                                person.account()
                                                                                        .id(),
                                                                                person.sid())
                                                                        .sid()))))
                        .toList());
    }

    private static URI with(URI page, Map<String, String> says) {
        String before = page.getRawQuery() == null ? "?" : "&";
        return URI.create(page + before + Answers.encoded(says));
    }

    /// Where frames of the page may come from, as a part of its policy; empty where it has none.
    String policy() {
        return pages.isEmpty()
                ? ""
                : pages.stream()
                        .map(page -> page.getScheme() + "://" + page.getRawAuthority())
                        .distinct()
                        .collect(Collectors.joining(" ", "; frame-src ", ""));
    }

    /// The frames, which nobody sees. What runs in them is its own origin's and leads the browser nowhere.
    String frames() {
        Pages frame = Pages.part("logout-frame");
        return pages.stream()
                .map(page -> frame.with(Map.of("page", page.toString())))
                .collect(Collectors.joining());
    }
}
