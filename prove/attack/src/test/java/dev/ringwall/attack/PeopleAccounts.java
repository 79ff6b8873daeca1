package dev.ringwall.attack;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The accounts and logins of the system of people.
final class PeopleAccounts {

    static final int GUESSES_MAX = 8;

    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Login> logins = new ConcurrentHashMap<>();
    private final Map<String, Half> halves = new ConcurrentHashMap<>();
    private final Map<String, String> offers = new ConcurrentHashMap<>();

    /// Somebody with an account.
    static final class Person {
        final String name;
        final String role;
        final AtomicInteger wrong = new AtomicInteger();
        final Set<String> recovery = ConcurrentHashMap.newKeySet();
        volatile String password;
        final Set<String> passkeys = ConcurrentHashMap.newKeySet();
        final Set<String> remembered = ConcurrentHashMap.newKeySet();
        volatile @Nullable String app;
        volatile long lastStep;

        Person(String name, String role, String password) {
            this.name = name;
            this.role = role;
            this.password = password;
        }

        boolean hasSecond() {
            return app != null || !passkeys.isEmpty();
        }

        boolean mustShowCode() {
            return role.equals("clerk");
        }
    }

    /// A login, by its secret.
    record Login(String secret, String sid, Person person, boolean twice) {}

    /// Somebody who gave the password.
    record Half(Person person, AtomicInteger tries) {}

    Credential.Password account(String role, int number) {
        String name = role + number;
        String password = "the secret words of " + name;
        make(name, role, password);
        return new Credential.Password(name, password);
    }

    void make(String name, String role, String password) {
        people.put(name, new Person(name, role, password));
    }

    Optional<Person> named(String name) {
        return Optional.ofNullable(people.get(name));
    }

    Collection<Person> all() {
        return people.values();
    }

    Login begin(Person person, boolean twice) {
        Login login =
                new Login(
                        UUID.randomUUID().toString(), UUID.randomUUID().toString(), person, twice);
        logins.put(login.secret(), login);
        return login;
    }

    Optional<Login> login(String secret) {
        return Optional.ofNullable(logins.get(secret));
    }

    Collection<Login> logins() {
        return logins.values();
    }

    void end(Login login) {
        logins.remove(login.secret());
    }

    String half(Person person) {
        String secret = UUID.randomUUID().toString();
        halves.put(secret, new Half(person, new AtomicInteger()));
        return secret;
    }

    Optional<Half> half(String secret) {
        return Optional.ofNullable(halves.get(secret));
    }

    void over(String half) {
        halves.remove(half);
    }

    /// The key of an app that is being added by whoever holds that secret.
    String offer(String secret) {
        return offers.computeIfAbsent(secret, _ -> key());
    }

    private static String key() {
        StringBuilder key = new StringBuilder();
        for (char digit : UUID.randomUUID().toString().replace("-", "").toCharArray()) {
            key.append("ABCDEFGHIJKLMNOP".charAt(Character.digit(digit, 16)));
        }
        return key.toString();
    }

    /// The step whose code that is; 0 for none.
    static long step(String key, String code) {
        long now = Instant.now().getEpochSecond() / Authenticator.STEP_SECONDS;
        for (long step = now - 1; step <= now + 1; step++) {
            if (Authenticator.code(Authenticator.bytes(key), step).equals(code)) {
                return step;
            }
        }
        return 0;
    }
}
