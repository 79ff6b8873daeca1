package dev.ringwall.identity;

import dev.ringwall.federation.Federation;
import dev.ringwall.people.Directory;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Everything here that has to do with providers of others, put together once.
final class Outside implements AutoCloseable {

    private final IdentitySettings settings;
    private final Directory directory;
    private final Store store;
    private final Federation federation;

    Outside(IdentitySettings settings, Directory directory, Store store) {
        this.settings = settings;
        this.directory = directory;
        this.store = store;
        this.federation =
                new Federation(
                        settings.secrets(), () -> settings.signer().signing(), settings.clock());
    }

    /// What the login page offers.
    OutsideOffers offers() {
        return new OutsideOffers(directory.rights());
    }

    /// ID tokens that clients bring.
    BroughtTokens brought() {
        return new BroughtTokens(
                directory.rights(), federation, directory.byProvider().signIn(), settings.clock());
    }

    /// The pages, by their paths.
    Map<String, HttpServlet> pages(SessionCookie cookie) {
        OutsideFlows flows = new OutsideFlows(store, settings.clock());
        OutsideStart start = new OutsideStart(settings.door(), federation, flows, settings.clock());
        return Map.of(
                Paths.SSO + "/*",
                new SsoPage(
                        directory.rights(),
                        federation,
                        start,
                        flows,
                        directory.byProvider().signIn(),
                        directory.byProvider().links(),
                        new LogoutHearing(
                                federation,
                                directory.byProvider().signIn(),
                                store,
                                directory.ledger(),
                                settings.clock()),
                        cookie,
                        directory.sessions(),
                        new Arrival(directory.devices()),
                        settings.clock()),
                Paths.ACCOUNT_SSO,
                new OutsideAccountPage(
                        directory.rights(),
                        cookie,
                        directory.ownAccount(),
                        directory.byProvider().links(),
                        start));
    }

    /// What the account page says of them.
    String section() {
        return OutsideAccountPage.section(directory.rights());
    }

    /// A page that says to who signed out that the provider still knows them; empty where nothing is to be said.
    Optional<String> stillThere(SignedIn person) {
        return person.outside()
                ? directory
                        .byProvider()
                        .signIn()
                        .standsOn(person.sid())
                        .flatMap(provider ->
                                federation
                                        .signOut(provider)
                                        .map(URI::toString)
                                        .map(address ->
                                                Pages.named("signed-out")
                                                        .with(
                                                                Map.of(
                                                                        "provider",
                                                                        provider.name(),
                                                                        "address",
                                                                        address))))
                : Optional.empty();
    }

    @Override
    public void close() {
        federation.close();
    }
}
