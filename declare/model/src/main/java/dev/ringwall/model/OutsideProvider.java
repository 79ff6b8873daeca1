package dev.ringwall.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Somebody else's OpenID provider, by which people sign in here (OpenID Connect Core 1.0). What it says counts for the roles that are
/// mapped here and for nothing else.
///
/// @param issuer       what names it, letter for letter; its metadata lies below
/// @param client       as which client this system is known there
/// @param secret       the name of the secret that proves it; empty where it proves itself by signing (`private_key_jwt`)
/// @param create       whether somebody who comes for the first time gets an account; otherwise only accounts that were linked come in
/// @param roles        what of its claims gives which role, each with its line
/// @param scopes       what is asked for there besides `openid`
/// @param secondFactor what it must say for a second factor to count
/// @param networks     the only private networks in which it is looked for
/// @param authority    certificates in PEM that its TLS is believed by, instead of those that everybody believes
/// @param exchange     clients that may bring its ID tokens (RFC 8693), each with its line
public record OutsideProvider(
        String name,
        String issuer,
        String client,
        Optional<String> secret,
        boolean create,
        Map<String, Mapping> roles,
        List<String> scopes,
        SecondFactor secondFactor,
        List<Network> networks,
        Optional<String> authority,
        Map<String, Line> exchange,
        Line line) {

    public OutsideProvider {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        scopes = List.copyOf(scopes);
        networks = List.copyOf(networks);
        exchange = Collections.unmodifiableMap(new LinkedHashMap<>(exchange));
    }

    /// One value of one claim. A dot in the name leads into an object, where no claim has the whole name.
    public record Claim(String name, String value) {

        /// Whether the claims say so: as text, or in a list.
        public boolean in(Map<String, ?> claims) {
            return said(claims, name)
                    .map(said ->
                            said instanceof Collection<?> several
                                    ? several.stream().anyMatch(this::is)
                                    : is(said))
                    .orElse(false);
        }

        private boolean is(Object said) {
            return (said instanceof String || said instanceof Boolean || said instanceof Number)
                    && value.equals(said.toString());
        }

        private static Optional<Object> said(Map<?, ?> claims, String name) {
            Optional<Object> whole = Optional.ofNullable(claims.get(name));
            int dot = name.indexOf('.');
            return whole.isEmpty()
                            && dot > 0
                            && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                    ? said(inner, name.substring(dot + 1))
                    : whole;
        }
    }

    /// Who gets a role: whoever has one of these claims, or everybody whom the provider knows where there are none.
    public record Mapping(List<Claim> claims, Line line) {
        public Mapping {
            claims = List.copyOf(claims);
        }

        /// Whether everybody gets it.
        public boolean everyone() {
            return claims.isEmpty();
        }
    }

    /// What the provider says of somebody who showed a second factor to it: one of these methods (`amr`, RFC 8176) or classes (`acr`).
    public record SecondFactor(Set<String> amr, Set<String> acr) {

        /// Nothing that it says counts.
        public static final SecondFactor NEVER = new SecondFactor(Set.of(), Set.of());

        public SecondFactor {
            amr = Collections.unmodifiableSet(new TreeSet<>(amr));
            acr = Collections.unmodifiableSet(new TreeSet<>(acr));
        }

        /// Whether there is anything that counts.
        public boolean known() {
            return !amr.isEmpty() || !acr.isEmpty();
        }

        /// Whether these claims say so.
        public boolean in(Map<String, ?> claims) {
            return acr.stream().anyMatch(one -> new Claim("acr", one).in(claims))
                    || amr.stream().anyMatch(one -> new Claim("amr", one).in(claims));
        }
    }

    /// The roles that these claims give.
    public Set<String> rolesFor(Map<String, ?> claims) {
        Set<String> given = new TreeSet<>();
        roles.forEach((role, mapping) -> {
            if (mapping.everyone() || mapping.claims().stream().anyMatch(one -> one.in(claims))) {
                given.add(role);
            }
        });
        return given;
    }
}
