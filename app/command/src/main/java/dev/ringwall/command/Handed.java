package dev.ringwall.command;

import dev.ringwall.attack.ClientKey;
import dev.ringwall.attack.Insider;
import dev.ringwall.attack.Mailbox;
import dev.ringwall.model.Mail;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the operator hands the prover over on the command line.
final class Handed {

    private static final long FILE_BYTES_MAX = 64 << 10;

    private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+)]?:([0-9]{1,5})");

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----.*?-----END \\1-----", Pattern.DOTALL);

    private Handed() {}

    static List<InetSocketAddress> addresses(List<String> said) {
        return said.stream().map(Handed::address).toList();
    }

    private static InetSocketAddress address(String said) {
        Matcher parts = ADDRESS.matcher(said);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
            throw new Unusable(
                    "--gateway " + said + " (expected: host:port, such as 10.0.0.7:8443)");
        }
        InetSocketAddress address =
                new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
        if (address.isUnresolved()) {
            throw new Unusable("--gateway " + said + ": no address is known for that name");
        }
        return address;
    }

    static Map<String, Insider> programs(Map<String, Path> files) {
        Map<String, Insider> programs = new HashMap<>();
        files.forEach((name, file) -> programs.put(name, program(file)));
        return programs;
    }

    private static Insider program(Path file) {
        StringBuilder certificates = new StringBuilder();
        StringBuilder key = new StringBuilder();
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            StringBuilder to = blocks.group(1).equals("CERTIFICATE") ? certificates : key;
            to.append(blocks.group()).append('\n');
        }
        if (certificates.isEmpty() || key.isEmpty()) {
            throw new Unusable(file + " (expected: PEM with a certificate and its private key)");
        }
        return new Insider(certificates.toString(), key.toString());
    }

    static Map<String, ClientKey> keys(Map<String, Path> files) {
        Map<String, ClientKey> keys = new HashMap<>();
        files.forEach((name, file) -> keys.put(name, key(file)));
        return keys;
    }

    private static ClientKey key(Path file) {
        try {
            return ClientKey.read(text(file));
        } catch (IllegalArgumentException other) {
            throw new Unusable(
                    file
                            + " holds "
                            + other.getMessage()
                            + " (expected: the private key of the client, a JWK of P-256)",
                    other);
        }
    }

    static Mailbox mailbox(Optional<Mail> mail, Path file) {
        Mail server =
                mail.orElseThrow(() ->
                        new Unusable(
                                "--letters "
                                        + file
                                        + ": the declaration names no mail server (expected: `mail: { server: … }`)"));
        Insider identity = program(file);
        try {
            return Mailbox.open(server, identity);
        } catch (IOException taken) {
            throw new Unusable(
                    "cannot take letters at "
                            + server.host()
                            + ":"
                            + server.port()
                            + ": "
                            + taken.getMessage()
                            + " (expected: `mail` names a free port of this machine while letters are tried)",
                    taken);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Unusable(file + " is larger than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Unusable("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
