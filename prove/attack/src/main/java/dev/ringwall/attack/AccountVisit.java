package dev.ringwall.attack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who is signed in and looks at the page of their own account. For one thread.
final class AccountVisit {

    private static final String FORM = "form";
    private static final String ACT = "act";

    private final LoginFlow flow;
    private final LoginFlow.Outcome.Tokens tokens;

    private AccountVisit(LoginFlow flow, LoginFlow.Outcome.Tokens tokens) {
        this.flow = flow;
        this.tokens = tokens;
    }

    /// Signs in with a browser of its own.
    static AccountVisit of(Scene scene, Credential.Password who) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        return switch (flow.signIn(who, "openid")) {
            case LoginFlow.Outcome.Tokens tokens -> new AccountVisit(flow, tokens);
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("signing in: " + why);
        };
    }

    LoginFlow flow() {
        return flow;
    }

    /// What the client got that the person signed in through.
    LoginFlow.Outcome.Tokens tokens() {
        return tokens;
    }

    String path() {
        return flow.path() + "/account";
    }

    /// The page, wherever it leads.
    Reply look() throws IOException {
        return flow.browser().send(Call.get(path()));
    }

    /// Whether the login goes on.
    boolean signedIn() throws IOException {
        return forms().isPresent();
    }

    /// The forms of the page; empty when nobody is signed in.
    private Optional<List<Form>> forms() throws IOException {
        Reply reply = look();
        List<Form> forms = reply.status() == 200 ? Form.all(reply.body()) : List.of();
        return forms.stream().anyMatch(form -> form.fields().containsKey(ACT))
                ? Optional.of(forms)
                : Optional.empty();
    }

    /// The secret by which the page knows its own forms.
    String secret() throws IOException, NotPlayable {
        return forms()
                .orElseThrow(() -> new NotPlayable("the page of the account does not come"))
                .stream()
                .map(form -> form.fields().getOrDefault(FORM, ""))
                .filter(secret -> !secret.isEmpty())
                .findFirst()
                .orElseThrow(() -> new NotPlayable("the page of the account has no form"));
    }

    /// The other logins that the page offers to end.
    List<String> others() throws IOException, NotPlayable {
        return forms()
                .orElseThrow(() -> new NotPlayable("the page of the account does not come"))
                .stream()
                .map(Form::fields)
                .filter(fields -> fields.getOrDefault(ACT, "").equals("end-login"))
                .map(fields -> fields.getOrDefault("which", ""))
                .toList();
    }

    /// Submits a form of the page.
    Reply act(Map<String, String> entries) throws IOException, NotPlayable {
        return submit(path(), secret(), entries);
    }

    /// Submits a form with that secret, which may be somebody else's.
    Reply submit(String target, String secret, Map<String, String> entries) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(entries);
        all.put(FORM, secret);
        return flow.browser().send(Call.form(target, Browser.encoded(all)));
    }

    /// The same below the provider's own address, over the scene's own line, which does not wait where there were too many.
    Reply impatient(Scene scene, String page, String secret, Map<String, String> entries)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(entries);
        all.put(FORM, secret);
        return flow.browser()
                .once(scene::exchange, Call.form(flow.path() + page, Browser.encoded(all)));
    }
}
