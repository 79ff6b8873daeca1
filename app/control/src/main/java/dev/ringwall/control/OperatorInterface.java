package dev.ringwall.control;

import dev.ringwall.audit.EventStore;
import dev.ringwall.audit.IndexBehind;
import dev.ringwall.audit.Recorded;
import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.Ids;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What the command line may ask with the operator's certificate: join tokens, credentials of third parties, the declaration, and what
/// the log says. Accounts, keys and clients are [DirectoryInterface]'s.
final class OperatorInterface {

    static final String OPERATOR = "operator";

    private static final int PAGE = 500;
    private static final long WAIT_SECONDS_MAX = 30;

    private final EventStore events;
    private final Journal journal;
    private final Acts acts;

    /// What the control plane does on the operator's word.
    interface Acts {
        Operating.Status status() throws Exception;

        Exchange.Answer joinToken(Operating.NewJoinToken wanted) throws Exception;

        Exchange.Answer rotateTokenKeys() throws Exception;

        Exchange.Answer declaration(Operating.NewDeclaration declaration, Actor who)
                throws Exception;

        /// Returns whether the nodes that are there use it by now.
        boolean keepSecret(String name, String value) throws Exception;

        List<String> secretNames() throws Exception;
    }

    OperatorInterface(EventStore events, Journal journal, Acts acts) {
        this.events = events;
        this.journal = journal;
        this.acts = acts;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("GET " + Operating.STATUS, _ -> Exchange.done(acts.status()));
        handlers.put(
                "GET " + Operating.SECRETS,
                _ -> Exchange.done(new Operating.Secrets(acts.secretNames())));
        handlers.put("POST " + Operating.SECRETS, this::keepSecret);
        handlers.put("POST " + Operating.JOIN_TOKENS, this::joinToken);
        handlers.put("POST " + Operating.ROTATE, this::rotate);
        handlers.put("POST " + Operating.DECLARATION, this::declaration);
        handlers.put("GET " + Operating.WHY, this::why);
        handlers.put("GET " + Operating.WATCH, this::watch);
        handlers.put("POST " + Operating.ATTACKS, this::attacks);
        return operatorOnly(handlers);
    }

    /// The same, for whoever shows the operator's certificate and for nobody else.
    static Map<String, Exchange.Handler> operatorOnly(Map<String, Exchange.Handler> handlers) {
        Map<String, Exchange.Handler> guarded = new HashMap<>();
        handlers.forEach((question, handler) ->
                guarded.put(
                        question,
                        exchange ->
                                exchange.peer().filter(OPERATOR::equals).isPresent()
                                        ? handler.answer(exchange)
                                        : Exchange.forbidden(
                                                "this needs the operator's certificate")));
        return guarded;
    }

    /// Who acts here.
    static Actor operator(Exchange exchange) {
        return new Actor(Actor.Kind.OPERATOR, OPERATOR, List.of(), exchange.address());
    }

    private Exchange.Answer keepSecret(Exchange exchange) throws Exception {
        if (!(exchange.body(Operating.NewSecret.class)
                instanceof Json.Parsed.Value<Operating.NewSecret>(Operating.NewSecret secret))) {
            return Exchange.unusable("not a secret (expected: name and value)");
        }
        journal.administered(AdminAct.SECRET_SET, operator(exchange), secret.name(), Map.of());
        return Exchange.done(
                new Operating.SecretKept(acts.keepSecret(secret.name(), secret.value())));
    }

    private Exchange.Answer joinToken(Exchange exchange) throws Exception {
        if (!(exchange.body(Operating.NewJoinToken.class)
                instanceof
                Json.Parsed.Value<Operating.NewJoinToken>(Operating.NewJoinToken wanted))) {
            return Exchange.unusable("not a join token (expected: names and minutes)");
        }
        journal.administered(
                AdminAct.JOIN_TOKEN_CREATED,
                operator(exchange),
                String.join(",", wanted.names()),
                Map.of());
        return acts.joinToken(wanted);
    }

    private Exchange.Answer rotate(Exchange exchange) throws Exception {
        journal.administered(
                AdminAct.SIGNING_KEY_ROTATED, operator(exchange), "token-keys", Map.of());
        return acts.rotateTokenKeys();
    }

    private Exchange.Answer declaration(Exchange exchange) throws Exception {
        return exchange.body(Operating.NewDeclaration.class)
                        instanceof
                        Json.Parsed.Value<Operating.NewDeclaration>(
                                Operating.NewDeclaration declaration)
                ? acts.declaration(declaration, operator(exchange))
                : Exchange.unusable("not a declaration (expected: entry and files)");
    }

    private Exchange.Answer why(Exchange exchange) throws IOException {
        String request = exchange.query().getOrDefault("request", "");
        if (!Ids.wellFormed(request)) {
            return Exchange.unusable("not a request id");
        }
        try {
            return Exchange.done(new Operating.Events(0, texts(events.about(request))));
        } catch (IndexBehind behind) {
            return new Exchange.Answer.Refused(
                    503, "index-behind", behind.getMessage() + "; ask again in a moment");
        }
    }

    private Exchange.Answer watch(Exchange exchange)
            throws IOException, InterruptedException, ExecutionException {
        long after = exchange.number("after", 0);
        long wait = Math.clamp(exchange.number("wait", 0), 0, WAIT_SECONDS_MAX);
        if (events.size() <= after && wait > 0) {
            try {
                events.grownBeyond(after).toCompletableFuture().get(wait, TimeUnit.SECONDS);
            } catch (TimeoutException nothingNew) {
                return Exchange.done(new Operating.Events(after, List.of()));
            }
        }
        List<Recorded> page = events.page(after, PAGE);
        long next = page.isEmpty() ? after : page.getLast().index() + 1;
        return Exchange.done(new Operating.Events(next, texts(page)));
    }

    private static List<String> texts(List<Recorded> recorded) {
        return recorded.stream()
                .map(one -> new String(EventJson.write(one.event()), StandardCharsets.UTF_8))
                .toList();
    }

    private Exchange.Answer attacks(Exchange exchange) {
        if (!(exchange.body(Operating.Attacks.class)
                instanceof Json.Parsed.Value<Operating.Attacks>(Operating.Attacks played))) {
            return Exchange.unusable("not a list of attacks");
        }
        played.attacks()
                .forEach(attack ->
                        journal.attackPlayed(attack.name(), attack.held(), attack.outcome()));
        return Exchange.done();
    }
}
