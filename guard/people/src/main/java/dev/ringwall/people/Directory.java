package dev.ringwall.people;

import dev.ringwall.events.Recorder;
import dev.ringwall.model.Blueprint;
import dev.ringwall.store.Store;
import dev.ringwall.store.Tables;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Everything that this room knows and does, put together once. Any thread may use it.
public final class Directory {

    private final Rights rights;
    private final Ledger ledger;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Accounts accounts;
    private final MachineClients clients;
    private final DeclaredClients declaredClients;
    private final RegisteredClients registeredClients;
    private final ApiKeys keys;
    private final Revocations revocations;
    private final People people;
    private final ByProvider byProvider;
    private final ByPasskey byPasskey;
    private final Factors factors;
    private final RememberedBrowsers rememberedBrowsers;
    private final Holdings holdings;
    private final OwnAccount ownAccount;
    private final Devices devices;
    private final MailBook mailBook;
    private final ByMail byMail;
    private final Courier courier;
    private final SignIn signIn;
    private final SecondStep secondStep;
    private final PersonalData personalData;
    private final Newcomers newcomers;
    private final AccountRegister register;

    /// @param store     opened with [#tables]
    /// @param recorder  where it is said what happens
    /// @param blueprint the declared system; asked anew for each answer, so that it may change
    /// @param site      whom passkeys are made for
    /// @param mint      makes API keys
    /// @param sealing   keeps what must be read again
    /// @param post      carries letters to people
    /// @param bought    what ends with a login or a client
    /// @param changed   told, on the thread that changed something, that revocations or keys have changed
    public Directory(
            Store store,
            Recorder recorder,
            InstantSource clock,
            Supplier<Blueprint> blueprint,
            RelyingParty site,
            KeyMint mint,
            Sealing sealing,
            Post post,
            Bought bought,
            Runnable changed) {
        this.rights = new Rights(blueprint);
        this.ledger = new Ledger(recorder, clock, rights::system);
        this.passwords = Passwords.forThisMachine();
        this.sessions = new Sessions(store, clock, bought, changed);
        this.revocations = new Revocations(store, clock);
        this.accounts = new Accounts(store, ledger, rights, passwords, sessions, clock);
        this.clients = new MachineClients(store, ledger, rights, clock, bought, changed);
        this.declaredClients = new DeclaredClients(store, ledger, rights, clock);
        this.registeredClients =
                new RegisteredClients(store, ledger, rights, clock, bought, changed);
        this.keys = new ApiKeys(store, ledger, rights, mint, clock, changed);
        this.personalData = new PersonalData(store, ledger, accounts, sessions);
        this.newcomers = new Newcomers(store, ledger, accounts, clock);
        this.register =
                new AccountRegister(store, ledger, accounts, sessions, passwords, rights, clock);
        OutsideLogins outside = new OutsideLogins(store, clock);
        this.people = new People(accounts, sessions, outside, rights);
        Passkeys passkeys = new Passkeys(store, clock);
        this.rememberedBrowsers = new RememberedBrowsers(store, clock);
        this.factors = new Factors(store, passkeys, ledger, sealing, clock);
        Throttle throttle = new Throttle(store, clock);
        this.mailBook = new MailBook(store);
        Outbox outbox = new Outbox(store, sealing, post, clock);
        this.courier = new Courier(outbox);
        MailFlows flows = new MailFlows(store, clock);
        LetterDesk desk = new LetterDesk(store, mailBook, flows, outbox, throttle, rights, post);
        this.holdings =
                new Holdings(store, accounts, sessions, factors, rememberedBrowsers, desk, ledger);
        this.byMail =
                new ByMail(
                        desk,
                        new ForgottenPassword(accounts, mailBook, flows, desk, rights),
                        new NewAccounts(
                                store, accounts, mailBook, flows, outbox, desk, rights, ledger),
                        new OwnAddress(store, mailBook, flows, desk, rights, ledger));
        this.devices = new Devices(store, sessions, desk, ledger, clock);
        this.ownAccount =
                new OwnAccount(
                        store, accounts, passwords, throttle, sessions, factors, passkeys, rights,
                        desk, ledger, clock);
        OutsideLinks links =
                new OutsideLinks(
                        store, accounts, sessions, outside, ownAccount, desk, ledger, clock);
        this.byProvider =
                new ByProvider(
                        links,
                        new OutsideSignIn(
                                store, accounts, links, outside, sessions, people, rights, ledger,
                                clock));
        HalfLogins halves = new HalfLogins(store, clock);
        Welcomes welcomes = new Welcomes(sessions, throttle, rights, ledger);
        this.signIn =
                new SignIn(
                        accounts,
                        passwords,
                        throttle,
                        factors,
                        rememberedBrowsers,
                        halves,
                        welcomes,
                        rights,
                        ledger);
        PasskeyCheck check = new PasskeyCheck(site);
        Challenges challenges = new Challenges(store, sealing, clock);
        PasskeySignIn passkeySignIn =
                new PasskeySignIn(accounts, passkeys, check, challenges, welcomes, desk, ledger);
        this.byPasskey =
                new ByPasskey(
                        passkeys,
                        passkeySignIn,
                        new OwnPasskeys(
                                store,
                                ownAccount,
                                passkeys,
                                check,
                                challenges,
                                factors,
                                rights,
                                desk,
                                ledger,
                                clock));
        this.secondStep =
                new SecondStep(
                        accounts,
                        halves,
                        factors,
                        passkeys,
                        passkeySignIn,
                        challenges,
                        rememberedBrowsers,
                        throttle,
                        welcomes,
                        rights,
                        desk,
                        ledger);
    }

    /// What the store must be opened with.
    public static Tables tables() {
        return new PeopleTables();
    }

    /// Loads what the first login would have to wait for. This is for whoever has a processor to spare before the start.
    public static void load() {
        Store.load();
        new Passwords(1).hash("");
    }

    /// What roles are worth.
    public Rights rights() {
        return rights;
    }

    /// Where it is said what happens.
    public Ledger ledger() {
        return ledger;
    }

    /// The people who may sign in.
    public Accounts accounts() {
        return accounts;
    }

    /// What is kept about one person.
    public PersonalData personalData() {
        return personalData;
    }

    /// Accounts as whoever administers them sees them.
    public AccountRegister register() {
        return register;
    }

    /// How accounts of another system come in.
    public Newcomers newcomers() {
        return newcomers;
    }

    /// Who is signed in.
    public People people() {
        return people;
    }

    /// How people come in by the word of an outside provider.
    public ByProvider byProvider() {
        return byProvider;
    }

    /// How people come in with passkeys.
    public ByPasskey byPasskey() {
        return byPasskey;
    }

    /// The logins.
    public Sessions sessions() {
        return sessions;
    }

    /// How a person comes in.
    public SignIn signIn() {
        return signIn;
    }

    /// How the second factor is asked for.
    public SecondStep secondStep() {
        return secondStep;
    }

    /// The second factors.
    public Factors factors() {
        return factors;
    }

    /// The browsers in which people are spared the second factor.
    public RememberedBrowsers rememberedBrowsers() {
        return rememberedBrowsers;
    }

    /// What accounts have besides their passwords.
    public Holdings holdings() {
        return holdings;
    }

    /// What people do with their own accounts.
    public OwnAccount ownAccount() {
        return ownAccount;
    }

    /// What people do with a code out of a letter.
    public ByMail byMail() {
        return byMail;
    }

    /// The addresses of people.
    public MailBook mailBook() {
        return mailBook;
    }

    /// Carries letters once it is started.
    public Courier courier() {
        return courier;
    }

    /// The browsers that people sign in with.
    public Devices devices() {
        return devices;
    }

    /// The programs that get tokens.
    public MachineClients clients() {
        return clients;
    }

    /// What the clients of the declaration prove themselves with.
    public DeclaredClients declaredClients() {
        return declaredClients;
    }

    /// The clients that registered themselves.
    public RegisteredClients registeredClients() {
        return registeredClients;
    }

    /// The programs that send a key with each call.
    public ApiKeys keys() {
        return keys;
    }

    /// The access tokens that count no more.
    public Revocations revocations() {
        return revocations;
    }

    /// How often a password was hashed or compared.
    public long passwordWork() {
        return passwords.work();
    }
}
