package dev.ringwall.command;

import dev.ringwall.link.Inviting;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Clients that get tokens: machine clients are made here, and those of the declaration get what they prove themselves with.
@Command(
        name = "client",
        description =
                "Clients of the identity provider: add, invite, list, show, secret, keys, certificate, revoke.",
        synopsisSubcommandLabel = "add|invite|list|show|secret|keys|certificate|revoke",
        subcommands = ClientShowCommand.class)
final class ClientCommand {

    private final Screen screen;

    ClientCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "add",
            description =
                    "Make a client for a role with `login: client`. Its secret is shown this once; with --keys it has none and signs.",
            footer = {
                "",
                "Examples:",
                "  ringwall client add --role reporter",
                "  ringwall client add --role reporter --keys public.jwks.json"
            })
    int add(
            @Mixin SystemOption system,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "The role that the client holds.")
                    String role,
            @Option(
                            names = "--keys",
                            paramLabel = "FILE",
                            description =
                                    "Its public keys, a JWK set: P-256 for ES256, Ed25519 for EdDSA, RSA for PS256 (private_key_jwt).")
                    @Nullable Path keys) {
        Operating.CreatedClient made =
                system.connect()
                        .post(
                                Operating.CLIENTS,
                                new Operating.NewClient(role, keys == null ? null : text(keys)),
                                Operating.CreatedClient.class);
        screen.print("client_id      " + made.id());
        if (made.secret() != null) {
            screen.print("client_secret  " + made.secret() + "   shown this once");
        }
        return Exit.FINE;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Unusable("cannot read " + file);
        }
    }

    @Command(
            name = "secret",
            description =
                    "Make a new secret for a client of the declaration. It is shown this once; an older one counts no more.",
            footer = {"", "Example:", "  ringwall client secret shop-web"})
    int secret(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "CLIENT", description = "Its name in the declaration.")
                    String id) {
        Operating.CreatedClient made =
                system.connect()
                        .post(
                                Operating.CLIENTS_SECRET,
                                new Operating.Named(id),
                                Operating.CreatedClient.class);
        screen.print("client_id      " + made.id());
        screen.print("client_secret  " + made.secret() + "   shown this once");
        return Exit.FINE;
    }

    @Command(
            name = "invite",
            description =
                    "Make a token with which programs register themselves as clients (RFC 7591), where the declaration has `client-registration`. It is shown this once.",
            footer = {"", "Example:", "  ringwall client invite --uses 3 --hours 48"})
    int invite(
            @Mixin SystemOption system,
            @Option(
                            names = "--uses",
                            defaultValue = "1",
                            paramLabel = "NUMBER",
                            description =
                                    "How many clients it is good for, up to 1000 (default: ${DEFAULT-VALUE}).")
                    int uses,
            @Option(
                            names = "--hours",
                            defaultValue = "24",
                            paramLabel = "HOURS",
                            description =
                                    "How long it may be used, up to 720 (default: ${DEFAULT-VALUE}).")
                    int hours,
            @Mixin OutputOption output) {
        Inviting.Invited made =
                system.connect()
                        .post(
                                Inviting.CLIENTS,
                                new Inviting.NewInvitation(uses, hours),
                                Inviting.Invited.class);
        output.print(
                screen,
                made,
                List.of("INVITATION", "TOKEN", "REGISTER AT", "UNTIL"),
                () ->
                        List.of(
                                List.of(
                                        made.id(),
                                        made.token(),
                                        made.address(),
                                        made.expires().toString())));
        return Exit.FINE;
    }

    private static String state(Operating.Client client) {
        if (client.from().equals("invitation")) {
            return "for " + client.uses() + " to register, until " + client.expires();
        }
        if (client.from().equals("registration")) {
            return client.ready()
                    ? "registered itself as \""
                            + client.name()
                            + "\", until "
                            + client.expires()
                            + " if unused"
                    : "registered itself, and the declaration has no such client any more";
        }
        if (client.revoked()) {
            return "revoked";
        }
        return client.ready() ? "active" : "has nothing to prove itself with yet";
    }

    @Command(
            name = "keys",
            description =
                    "Put other public keys in place of those that a client has. To change without a pause: both, then the new one.",
            footer = {"", "Example:", "  ringwall client keys CLIENT public.jwks.json"})
    int keys(
            @Mixin SystemOption system,
            @Parameters(
                            paramLabel = "CLIENT",
                            description = "Its client_id, or its name in the declaration.")
                    String id,
            @Parameters(paramLabel = "FILE", description = "A JWK set.") Path keys) {
        system.connect().post(Operating.CLIENTS_KEYS, new Operating.NewClientKeys(id, text(keys)));
        screen.print("replaced  the keys of " + id);
        return Exit.FINE;
    }

    @Command(
            name = "certificate",
            description =
                    "Say by which certificates a client of the declaration is known, in place of those before: its own, or with --issued-to those of authorities.",
            footer = {
                "",
                "Examples:",
                "  ringwall client certificate bank bank.pem",
                "  ringwall client certificate bank authority.pem --issued-to dns:bank.example.com"
            })
    int certificate(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "CLIENT", description = "Its name in the declaration.")
                    String id,
            @Parameters(paramLabel = "FILE", description = "Certificates in PEM.")
                    Path certificates,
            @Option(
                            names = "--issued-to",
                            paramLabel = "NAME",
                            description =
                                    "Whom the authorities in the file issue the client's certificate to: dns:…, uri:…, email:…, or a whole distinguished name.")
                    @Nullable String issuedTo) {
        system.connect()
                .post(
                        Operating.CLIENTS_CERTIFICATES,
                        new Operating.NewClientCertificates(id, text(certificates), issuedTo));
        screen.print("replaced  the certificates of " + id);
        return Exit.FINE;
    }

    @Command(
            name = "list",
            description =
                    "All clients, those of the declaration first, without their secrets; then those that registered themselves, and invitations to do so.",
            footer = {"", "Example:", "  ringwall client list -o json"})
    int list(@Mixin SystemOption system, @Mixin OutputOption output) {
        Operating.Clients all = system.connect().get(Operating.CLIENTS, Operating.Clients.class);
        output.print(
                screen,
                all,
                List.of("CLIENT", "ROLE", "STATE"),
                () ->
                        all.clients().stream()
                                .map(client -> List.of(client.id(), client.role(), state(client)))
                                .toList());
        return Exit.FINE;
    }

    @Command(
            name = "revoke",
            description = "The client gets tokens no more, or the invitation counts no more.",
            footer = {"", "Example:", "  ringwall client revoke CLIENT"})
    int revoke(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "CLIENT", description = "Its client_id, or the invitation.")
                    String id) {
        system.connect().post(Operating.CLIENTS_REVOKE, new Operating.Named(id));
        screen.print("revoked  " + id);
        return Exit.FINE;
    }
}
