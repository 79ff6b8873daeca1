package dev.ringwall.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Logs as tests need them.
final class Logs {

    static final NoteSigner SIGNER = signer("shop.ringwall/audit");

    private Logs() {}

    static NoteSigner signer(String origin) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return NoteSigner.of(origin, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    static AuditLog open(Path folder) throws IOException {
        return switch (opening(folder)) {
            case AuditLog.Opening.Opened(AuditLog log) -> log;
            case AuditLog.Opening.Refused refused -> throw new AssertionError(refused);
        };
    }

    static AuditLog.Opening opening(Path folder) throws IOException {
        return AuditLog.open(folder, SIGNER, Duration.ofMillis(50), InstantSource.system());
    }

    static byte[] entry(long index) {
        return ("{\"entry\":" + index + "}").getBytes(StandardCharsets.UTF_8);
    }

    /// Appends entries `log.size()` to `size - 1` and waits for them.
    static void fill(AuditLog log, long size) {
        List<CompletableFuture<AuditLog.Appended>> appends = new ArrayList<>();
        for (long index = log.size(); index < size; index++) {
            appends.add(log.append(entry(index)).toCompletableFuture());
        }
        appends.forEach(CompletableFuture::join);
    }

    /// A closed log of that size.
    static void written(Path folder, long size) throws IOException {
        try (AuditLog log = open(folder)) {
            fill(log, size);
        }
    }

    static List<byte[]> all(AuditLog log) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < log.size()) {
            entries.addAll(log.read(entries.size()));
        }
        return entries;
    }
}
