package dev.ringwall.command;

import dev.ringwall.audit.LogVerifier;
import dev.ringwall.audit.Verification;
import dev.ringwall.audit.VerifierKey;
import dev.ringwall.link.Operating;
import dev.ringwall.link.OperatorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Whether the system of a state folder runs, and how its parts are.
final class SystemCheckup {

    private static final Duration LATE_AFTER = Duration.ofSeconds(30);
    private static final Duration ENDS_SOON = Duration.ofMinutes(10);
    private static final Duration OPERATOR_ENDS_SOON = Duration.ofDays(14);

    /// A node that is heard hands events over within a second.
    private static final long SPOOLED_MAX = 10_000;

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    private final StateFolder state;
    private final InstantSource clock;

    SystemCheckup(StateFolder state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    void on(Checkup.Notes notes) {
        folder(notes.group("state folder"));
        log(notes.group("audit log"));
        running(notes.group("running system"));
    }

    private void folder(Checkup.Notes notes) {
        try {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(Files.getPosixFilePermissions(state.path()));
            permissions.retainAll(OTHERS);
            if (permissions.isEmpty()) {
                notes.good(state.path() + " is readable by its owner alone");
            } else {
                notes.fail(state.path() + " is open to others", "chmod 700 " + state.path());
            }
        } catch (IOException | UnsupportedOperationException unreadable) {
            notes.fail(
                    "cannot look at " + state.path() + ": " + unreadable.getMessage(),
                    "is it there, and yours?");
            return;
        }
        try {
            OperatorFiles files = OperatorFiles.read(state.operator());
            Duration left = Duration.between(clock.instant(), files.identity().notAfter());
            String said = "the operator's certificate is good for " + left.toDays() + " days";
            if (left.isNegative()) {
                notes.fail(
                        "the operator's certificate has ended",
                        "start the system again: it makes a new one");
            } else if (left.compareTo(OPERATOR_ENDS_SOON) < 0) {
                notes.warn(said, "starting the system again makes a new one");
            } else {
                notes.good(said);
            }
        } catch (IOException unreadable) {
            notes.fail(
                    "there is no operator's certificate: " + unreadable.getMessage(),
                    "start the system with `ringwall up`");
        }
    }

    private void log(Checkup.Notes notes) {
        Path folder = state.control().resolve(AuditCommand.LOG_FOLDER);
        Path key = state.control().resolve(AuditCommand.KEY_FILE);
        if (!Files.exists(key)) {
            notes.warn(
                    "there is no log here", "the control plane of this system keeps it elsewhere");
            return;
        }
        try {
            Optional<VerifierKey> verifier = VerifierKey.parse(Files.readString(key).strip());
            if (verifier.isEmpty()) {
                notes.fail(key + " holds no key of a log", "restore it from where you kept it");
                return;
            }
            switch (new LogVerifier(verifier.get()).verify(folder, Optional.empty())) {
                case Verification.Sound sound ->
                        notes.good("verified, " + sound.checkpoint().size() + " entries");
                case Verification.Unsound unsound ->
                        notes.fail(
                                "NOT VERIFIED: " + unsound.findings().size() + " findings",
                                "ringwall audit verify");
            }
        } catch (IOException unreadable) {
            notes.fail("cannot be read: " + unreadable.getMessage(), "is the folder yours?");
        }
    }

    private void running(Checkup.Notes notes) {
        Operating.Status status;
        try {
            status =
                    OperatorClient.connect(state.operator())
                            .get(Operating.STATUS, Operating.Status.class);
        } catch (Unusable away) {
            notes.fail("no answer", String.valueOf(away.getMessage()));
            return;
        }
        notes.good("control plane of " + status.system() + ", bundle " + status.bundle());
        if (status.nodes().isEmpty()) {
            notes.warn("no node has joined", "ringwall join-token --help");
        }
        status.nodes().forEach(node -> node(node, name(node, status), status.bundle(), notes));
    }

    /// Several of one name are told apart.
    private static String name(Operating.Node node, Operating.Status status) {
        long alike = status.nodes().stream().filter(one -> one.name().equals(node.name())).count();
        return "node " + node.name() + (alike > 1 ? " (instance " + node.instance() + ")" : "");
    }

    private void node(Operating.Node node, String name, long newest, Checkup.Notes notes) {
        Instant now = clock.instant();
        if (node.lastSeen() == null) {
            notes.fail(
                    name + " was not seen since the control plane was started",
                    "does it run, and can it reach the control plane?");
            return;
        }
        Duration ago = Duration.between(node.lastSeen(), now);
        if (ago.compareTo(LATE_AFTER) > 0) {
            notes.fail(
                    name + " was seen " + ago.toSeconds() + " s ago",
                    "does it run, and can it reach the control plane?");
            return;
        }
        node.problems().forEach(problem -> notes.fail(name + ": " + problem, "ringwall status"));
        if (node.bundle() < newest) {
            notes.warn(
                    name + " has bundle " + node.bundle() + ", the newest is " + newest,
                    "it follows within seconds; if not, see its log");
        } else {
            notes.good(name + " has the newest bundle");
        }
        if (node.spooled() > SPOOLED_MAX) {
            notes.warn(
                    name + " has " + node.spooled() + " events to hand over",
                    "is the control plane overloaded, or its disk slow?");
        }
        node.certificates()
                .forEach((who, ends) -> {
                    Duration left = Duration.between(now, ends);
                    if (left.isNegative()) {
                        notes.fail(
                                "certificate of " + who + " has ended",
                                "see the node's log: it could not be renewed");
                    } else if (left.compareTo(ENDS_SOON) < 0) {
                        notes.warn(
                                "certificate of " + who + " ends in " + left.toMinutes() + " min",
                                "see the node's log: it should have been renewed at half of its life");
                    } else {
                        notes.good("certificate of " + who + ": " + lasting(left) + " left");
                    }
                });
    }

    private static String lasting(Duration left) {
        return left.toDays() > 2 ? left.toDays() + " days" : left.toMinutes() + " min";
    }
}
