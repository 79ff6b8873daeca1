package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.attack.PeopleAccounts.Person;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Passkeys and remembered browsers at the system of people: as much of WebAuthn as tells a right answer of one key from a wrong one.
final class PeoplePasskeys {

    static final String FIELD = "credential";
    static final String REMEMBERED = "__Host-remembered";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FLAGS_AT = 32;
    private static final int COUNTER_AT = 33;
    private static final int VERIFIED = 4;
    private static final int COORDINATE = 32;

    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeoplePage pages;
    private final PeoplePost post;
    private final Map<String, Key> keys = new ConcurrentHashMap<>();

    /// Challenges that were not answered, each with the browser that it is for once that has one.
    private final Map<String, String> open = new ConcurrentHashMap<>();

    private volatile String origin = "";

    private record Key(Person person, PublicKey key, AtomicLong counter) {}

    PeoplePasskeys(Set<Gap> gaps, PeopleAccounts accounts, PeoplePage pages, PeoplePost post) {
        this.post = post;
        this.gaps = gaps;
        this.accounts = accounts;
        this.pages = pages;
    }

    void at(String door) {
        origin = door;
    }

    /// What the page asks the browser for; whom it is for is in the challenge, by the form's secret, which the page puts in.
    String asked(String use) {
        String more = use.equals("create") ? ",&quot;pubKeyCredParams&quot;:[]" : "";
        String challenge = UUID.randomUUID().toString().replace("-", "");
        open.put(challenge, use);
        return "<button data-options=\"{&quot;challenge&quot;:&quot;@BROWSER@"
                + challenge
                + "&quot;,&quot;user&quot;:{&quot;id&quot;:&quot;AAAA&quot;}"
                + more
                + "}\"></button>";
    }

    TinyHttp.Response add(TinyHttp.Request request, Optional<Login> login) {
        Optional<Person> person = login.map(Login::person);
        if (gaps.contains(Gap.HALF_ADDS_PASSKEY)) {
            person =
                    person.or(() ->
                            accounts.half(PeoplePage.cookie(request, PeoplePage.HALF))
                                    .map(PeopleAccounts.Half::person));
        }
        if (person.isEmpty()) {
            return TinyHttp.Response.to("/auth/login");
        }
        int status = 200;
        if (request.method().equals("POST")) {
            boolean anybody = gaps.contains(Gap.PASSKEY_FORMS_OF_ANYBODY);
            String answer = PeoplePage.form(request).getOrDefault(FIELD, "");
            if ((pages.ours(request) || anybody) && made(request, person.get(), answer, anybody)) {
                post.tell(person.get().name, "A passkey was added");
                return TinyHttp.Response.to("/auth/account");
            }
            status = 422;
        }
        return pages.page(
                request,
                status,
                asked("create") + PeoplePage.form("/auth/account/passkey", "name", FIELD));
    }

    private boolean made(TinyHttp.Request request, Person person, String answer, boolean anybody) {
        JsonNode said = JSON.readTree(answer);
        JsonNode client = JSON.readTree(bytes(said.path("response").path("clientDataJSON")));
        if (!ours(request, client.path("challenge").asString(), "create", anybody)) {
            return false;
        }
        byte[] object = bytes(said.path("response").path("attestationObject"));
        int second = object.length - COORDINATE;
        int first = second - 3 - COORDINATE; // as the prover's own authenticator writes it
        String id = said.path("id").asString();
        keys.put(
                id,
                new Key(
                        person,
                        key(
                                Arrays.copyOfRange(object, first, first + COORDINATE),
                                Arrays.copyOfRange(object, second, object.length)),
                        new AtomicLong()));
        person.passkeys.add(id);
        return true;
    }

    private static PublicKey key(byte[] x, byte[] y) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            return KeyFactory.getInstance("EC")
                    .generatePublic(
                            new ECPublicKeySpec(
                                    new ECPoint(new BigInteger(1, x), new BigInteger(1, y)),
                                    curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether the challenge was for that, in this browser, and was not answered before.
    private boolean ours(TinyHttp.Request request, String challenge, String use, boolean anybody) {
        String browser = PeoplePage.cookie(request, PeoplePage.FORM).replace("-", "");
        boolean here =
                challenge.startsWith(browser)
                        || gaps.contains(Gap.PASSKEY_OF_ANY_BROWSER)
                        || anybody;
        String word = challenge.substring(Math.min(challenge.length(), browser.length()));
        String wanted =
                gaps.contains(Gap.PASSKEY_TWICE) ? open.get(word) : here ? open.remove(word) : null;
        return here && use.equals(wanted);
    }

    /// Whose passkey gave that answer.
    Optional<Person> owner(TinyHttp.Request request, String answer) {
        JsonNode said = JSON.readTree(answer);
        JsonNode response = said.path("response");
        byte[] clientBytes = bytes(response.path("clientDataJSON"));
        byte[] data = bytes(response.path("authenticatorData"));
        JsonNode client = JSON.readTree(clientBytes);
        Key key = keys.get(said.path("id").asString());
        boolean right =
                key != null
                        && pages.ours(request)
                        && ours(request, client.path("challenge").asString(), "get", false)
                        && (client.path("origin").asString().equals(origin)
                                || gaps.contains(Gap.PASSKEY_FROM_ANYWHERE))
                        && ((data[FLAGS_AT] & VERIFIED) != 0 || gaps.contains(Gap.PASSKEY_LOCKED))
                        && (gaps.contains(Gap.PASSKEY_UNSIGNED)
                                || signed(
                                        key.key(),
                                        data,
                                        clientBytes,
                                        bytes(response.path("signature"))));
        if (!right) {
            return Optional.empty();
        }
        long now = ByteBuffer.wrap(data, COUNTER_AT, Integer.BYTES).getInt();
        long before = key.counter().getAndSet(now);
        boolean on = before < now || (before == 0 && now == 0);
        return on || gaps.contains(Gap.PASSKEY_UNCOUNTED)
                ? Optional.of(key.person())
                : Optional.empty();
    }

    private static boolean signed(PublicKey key, byte[] data, byte[] client, byte[] signature) {
        try {
            ByteArrayOutputStream what = new ByteArrayOutputStream();
            what.writeBytes(data);
            what.writeBytes(MessageDigest.getInstance("SHA-256").digest(client));
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(what.toByteArray());
            return check.verify(signature);
        } catch (GeneralSecurityException none) {
            return false;
        }
    }

    boolean remembered(Person person, String secret) {
        return person.remembered.contains(secret)
                || (gaps.contains(Gap.REMEMBERED_FOR_ANYBODY)
                        && accounts.all().stream()
                                .anyMatch(one -> one.remembered.contains(secret)));
    }

    TinyHttp.Response remembering(Person person, TinyHttp.Response next, PeoplePage on) {
        String secret = UUID.randomUUID().toString();
        person.remembered.add(secret);
        String session = next.headers().getOrDefault("Set-Cookie", "");
        return on.hand(
                next,
                REMEMBERED,
                secret
                        + "; Path=/; Secure; HttpOnly; SameSite=Lax\r\nSet-Cookie: "
                        + session.split("; Path", 2)[0]);
    }

    private static byte[] bytes(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.asString().getBytes(StandardCharsets.US_ASCII));
    }
}
