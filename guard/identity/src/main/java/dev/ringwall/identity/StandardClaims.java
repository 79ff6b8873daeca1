package dev.ringwall.identity;

import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.MailBook;
import dev.ringwall.people.Person;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client is told about a person for the scopes `profile`, `email`, `address` and `phone` (OpenID Connect Core §5.4): of the claims
/// of §5.1 those that are known. An address of e-mail that the person has shown to be theirs is `email_verified`; everything else is what
/// the system that keeps the accounts wrote down by SCIM.
final class StandardClaims {

    /// The scopes that claims are asked for by.
    static final Set<String> SCOPES = Set.of("profile", "email", "address", "phone");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Claim → where it stands in a user of SCIM (RFC 7643 §4.1.1).
    private static final Map<String, String> PROFILE =
            Map.of(
                    "name", "/name/formatted",
                    "family_name", "/name/familyName",
                    "given_name", "/name/givenName",
                    "middle_name", "/name/middleName",
                    "nickname", "/nickName",
                    "profile", "/profileUrl",
                    "zoneinfo", "/timezone",
                    "locale", "/locale");

    /// Member of `address` (OpenID Connect Core §5.1.1) → member in SCIM.
    private static final Map<String, String> ADDRESS =
            Map.of(
                    "formatted", "formatted",
                    "street_address", "streetAddress",
                    "locality", "locality",
                    "region", "region",
                    "postal_code", "postalCode",
                    "country", "country");

    private final AccountRegister register;
    private final MailBook mail;

    StandardClaims(AccountRegister register, MailBook mail) {
        this.register = register;
        this.mail = mail;
    }

    /// Those of that account for these scopes; scopes of other sorts are passed over.
    Map<String, Object> of(Account account, Collection<String> scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (scopes.stream().noneMatch(SCOPES::contains)) {
            return claims;
        }
        JsonNode says = said(register.byId(account.id()));
        if (scopes.contains("profile")) {
            PROFILE.forEach((claim, place) -> text(claims, claim, says.at(place)));
            if (!claims.containsKey("name")) {
                text(claims, "name", says.path("displayName"));
            }
        }
        if (scopes.contains("email")) {
            email(claims, account, says);
        }
        if (scopes.contains("phone")) {
            text(claims, "phone_number", first(says.path("phoneNumbers")).path("value"));
        }
        if (scopes.contains("address")) {
            Map<String, Object> address = new LinkedHashMap<>();
            JsonNode one = first(says.path("addresses"));
            ADDRESS.forEach((claim, member) -> text(address, claim, one.path(member)));
            if (!address.isEmpty()) {
                claims.put("address", address);
            }
        }
        return claims;
    }

    private void email(Map<String, Object> claims, Account account, JsonNode says) {
        Optional<String> shown = mail.of(account.id());
        if (shown.isPresent()) {
            claims.put("email", shown.get());
        } else {
            text(claims, "email", first(says.path("emails")).path("value"));
        }
        if (claims.containsKey("email")) {
            claims.put("email_verified", shown.isPresent());
        }
    }

    private static JsonNode said(Optional<Person> person) {
        try {
            return JSON.readTree(person.map(Person::attributes).orElse(Person.NO_ATTRIBUTES));
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    /// The one that is said to be the first, or else the first.
    private static JsonNode first(JsonNode many) {
        JsonNode first = many.path(0);
        for (JsonNode one : many) {
            if (one.path("primary").asBoolean(false)) {
                first = one;
            }
        }
        return first;
    }

    private static void text(Map<String, Object> claims, String name, JsonNode value) {
        if (value.isString() && !value.asString().isBlank()) {
            claims.put(name, value.asString());
        }
    }
}
