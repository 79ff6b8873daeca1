package dev.ringwall.identity;

import dev.ringwall.model.OutsideProvider;
import dev.ringwall.model.Role;
import dev.ringwall.people.Rights;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which outside providers the login page offers for a question: those that give a role which counts at the client that asks.
final class OutsideOffers {

    private final Rights rights;
    private final Pages button = Pages.part("provider");

    OutsideOffers(Rights rights) {
        this.rights = rights;
    }

    private Collection<String> roles(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("client_id"))
                .flatMap(rights::client)
                .<Collection<String>>map(client -> client.roles().keySet())
                .orElseGet(rights::allRoles);
    }

    private List<OutsideProvider> offered(Collection<String> roles) {
        return rights.providers().values().stream()
                .filter(provider -> provider.roles().keySet().stream().anyMatch(roles::contains))
                .toList();
    }

    /// A button for each.
    String buttons(HttpServletRequest request) {
        StringBuilder buttons = new StringBuilder();
        for (OutsideProvider provider : offered(roles(request))) {
            buttons.append(
                    button.with(
                            Map.of(
                                    "address",
                                    address(request, provider),
                                    "provider",
                                    provider.name())));
        }
        return buttons.toString();
    }

    /// Where to go at once, since there is one way to sign in for that question and it is this.
    Optional<String> only(HttpServletRequest request) {
        Collection<String> roles = roles(request);
        List<OutsideProvider> offered = offered(roles);
        return offered.size() == 1 && rights.declared(roles, Role.Login.PASSWORD).isEmpty()
                ? Optional.of(address(request, offered.getFirst()))
                : Optional.empty();
    }

    private static String address(HttpServletRequest request, OutsideProvider provider) {
        return Paths.SSO + "/" + provider.name() + Question.of(request);
    }
}
