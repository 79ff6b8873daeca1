package dev.ringwall.identity;

import dev.ringwall.people.ByMail;
import dev.ringwall.people.Directory;
import dev.ringwall.people.RelyingParty;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServlet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The pages that people see, by their paths.
final class PeoplePages {

    private PeoplePages() {}

    static Map<String, HttpServlet> of(
            IdentitySettings settings,
            Directory directory,
            Store store,
            SessionCookie cookie,
            Clients clients,
            Outside outside) {
        Supplier<String> system = directory.rights()::system;
        Arrival arrival = new Arrival(directory.devices());
        Grants grants =
                new Grants(
                        store,
                        directory.registeredClients(),
                        directory.ledger(),
                        settings.changed());
        ByMail byMail = directory.byMail();
        PasskeyButton button = new PasskeyButton(system, RelyingParty.at(settings.door()));
        Map<String, HttpServlet> pages = new HashMap<>();
        for (MailTask task : MailTask.values()) {
            pages.put(task.path(), new MailPage(task, cookie, byMail));
        }
        pages.putAll(
                Map.of(
                        Paths.LOGIN,
                        new LoginPage(
                                system,
                                directory.signIn(),
                                directory.byPasskey().signIn(),
                                button,
                                cookie,
                                directory.sessions(),
                                clients,
                                arrival,
                                byMail,
                                outside.offers()),
                        Paths.SECOND,
                        new SecondPage(
                                system,
                                directory.secondStep(),
                                cookie,
                                directory.sessions(),
                                clients,
                                arrival,
                                button),
                        Paths.LOGOUT,
                        new LogoutPage(
                                system,
                                cookie,
                                directory.sessions(),
                                new Leaving(
                                        settings.issuer(), settings.signer()::published, clients),
                                directory.ledger(),
                                outside::stillThere,
                                person ->
                                        FrontChannel.of(
                                                store,
                                                directory.rights(),
                                                new Subjects(clients, settings.pairwise()),
                                                settings.issuer(),
                                                person)),
                        Paths.ACCOUNT,
                        new AccountPage(
                                system,
                                cookie,
                                directory.ownAccount(),
                                directory.byPasskey().own(),
                                grants,
                                new AccountView(
                                        system,
                                        directory.holdings(),
                                        new FactorsView(
                                                directory.factors(),
                                                directory.byPasskey().kept(),
                                                directory.rememberedBrowsers(),
                                                button.there()),
                                        grants,
                                        byMail,
                                        directory.mailBook(),
                                        outside::section,
                                        new AdministrationLink(directory.rights()))),
                        Paths.ACCOUNT_APP,
                        new AppPage(system, cookie, directory.ownAccount()),
                        Paths.ACCOUNT_PASSKEY,
                        new PasskeyPage(system, cookie, directory.byPasskey().own(), button)));
        pages.putAll(outside.pages(cookie));
        return pages;
    }
}
