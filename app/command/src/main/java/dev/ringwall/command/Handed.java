package dev.ringwall.command;

import dev.ringwall.attack.Insider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Unusable(file + " is larger than " + FILE_BYTES_MAX + " bytes");
            }
            StringBuilder certificates = new StringBuilder();
            StringBuilder key = new StringBuilder();
            Matcher blocks = BLOCK.matcher(Files.readString(file));
            while (blocks.find()) {
                StringBuilder to = blocks.group(1).equals("CERTIFICATE") ? certificates : key;
                to.append(blocks.group()).append('\n');
            }
            if (certificates.isEmpty() || key.isEmpty()) {
                throw new Unusable(
                        file + " (expected: PEM with a certificate and its private key)");
            }
            return new Insider(certificates.toString(), key.toString());
        } catch (IOException unreadable) {
            throw new Unusable("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
