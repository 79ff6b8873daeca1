package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.link.Operating;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Problem;
import dev.ringwall.policy.Policy;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.reading.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the control plane does on the operator's word.
final class OperatorActs implements OperatorInterface.Acts {

    private static final int JOIN_MINUTES_MAX = 24 * 60;
    private static final Duration IN_USE_WITHIN = Duration.ofSeconds(8);

    private final ControlPlane control;
    private final SecretStore secrets;
    private final Nodes nodes;

    OperatorActs(ControlPlane control, SecretStore secrets, Nodes nodes) {
        this.control = control;
        this.secrets = secrets;
        this.nodes = nodes;
    }

    @Override
    public Operating.Status status() throws Exception {
        return new Operating.Status(
                control.declared().blueprint().system(),
                control.published().bundleNumber(),
                control.published().rosterNumber(),
                control.settings().declaration(),
                control.settings().door().toString(),
                control.log().verifier().name(),
                control.treeSize(),
                control.endpoints(),
                nodes.all(Set.copyOf(control.declared().names())));
    }

    @Override
    public Exchange.Answer joinToken(Operating.NewJoinToken wanted) throws Exception {
        List<String> possible = control.declared().names();
        if (wanted.names().isEmpty() || !possible.containsAll(wanted.names())) {
            return Exchange.unusable("a node can be: " + String.join(", ", possible));
        }
        if (wanted.minutes() < 1 || wanted.minutes() > JOIN_MINUTES_MAX) {
            return Exchange.unusable(
                    wanted.minutes() + " minutes (expected: 1 to " + JOIN_MINUTES_MAX + ")");
        }
        Duration life = Duration.ofMinutes(wanted.minutes());
        Instant expires = control.settings().clock().instant().plus(life);
        return Exchange.done(
                new Operating.JoinTokenMade(
                        control.joinTokens().make(wanted.names(), life), expires));
    }

    @Override
    public Exchange.Answer rotateTokenKeys() throws Exception {
        return switch (control.keys().tokens().rotate()) {
            case TokenKeys.Rotation.TooSoon(Instant until) ->
                    Exchange.unusable(
                            "the next key is not known everywhere yet; try again after " + until);
            case TokenKeys.Rotation.Rotated _ -> {
                control.keys().pairwise().claims().rotate();
                control.publishBundle();
                yield Exchange.done();
            }
        };
    }

    @Override
    public Exchange.Answer declaration(Operating.NewDeclaration next, Actor who) throws Exception {
        return switch (Reader.read(next.files(), next.entry())) {
            case Reading.Unreadable(List<Problem> problems, Map<String, String> sources) ->
                    Exchange.unusable(Reports.text(problems, sources));
            case Reading.Read read ->
                    switch (Blueprint.of(read.declaration())) {
                        case Blueprint.Outcome.Contradictory(List<Problem> problems) ->
                                Exchange.unusable(Reports.text(problems, read.sources()));
                        case Blueprint.Outcome.Sound(Blueprint sound, var _)
                                when !sound.system()
                                        .equals(control.declared().blueprint().system()) ->
                                Exchange.unusable(
                                        "this is the control plane of "
                                                + control.declared().blueprint().system());
                        case Blueprint.Outcome.Sound(Blueprint sound, var _) ->
                                take(sound, next, who, read.sources());
                    };
        };
    }

    private Exchange.Answer take(
            Blueprint sound, Operating.NewDeclaration next, Actor who, Map<String, String> sources)
            throws Exception {
        if (Policy.compile(sound) instanceof Policy.Outcome.Rejected(List<Problem> problems)) {
            return Exchange.unusable(Reports.text(problems, sources));
        }
        control.keys().tokens().use(sound.signedWith());
        control.take(new Declared(sound, next.entry(), next.files()), who);
        return Exchange.done(status());
    }

    @Override
    public boolean keepSecret(String name, String value) throws Exception {
        secrets.keep(name, value);
        return secrets.awaitInUse(IN_USE_WITHIN);
    }

    @Override
    public List<String> secretNames() throws Exception {
        return secrets.names();
    }
}
