package dev.ringwall.identity;

import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import java.util.Collections;
import java.util.Map;

/// The way from the page of an account to the page for administrators, for those who may administer.
final class AdministrationLink {

    private final Rights rights;
    private final Pages part = Pages.part("account-administration");

    AdministrationLink(Rights rights) {
        this.rights = rights;
    }

    /// The link; empty for everybody else.
    String of(SignedIn person) {
        return Collections.disjoint(
                        AdministrationClient.administrators(rights), person.account().roles())
                ? ""
                : part.with(Map.of("system", rights.system()));
    }
}
