package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {

    private static final byte[] SECRET = "sk_test_4242".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    @Test
    void whatWasSealedOpensAgainAfterARestart() throws IOException {
        Vault vault = Vault.under(UnlockSecret.of("correct horse battery"));
        String sealed = sealer(vault).seal(SECRET);

        Sealer restarted = sealer(Vault.under(UnlockSecret.of("correct horse battery")));

        assertThat(restarted.open(sealed)).hasValue(SECRET);
        assertThat(sealed).doesNotContain("sk_test");
    }

    @Test
    void anAlteredSealOpensToNothing() throws IOException {
        Sealer sealer = sealer(Vault.under(UnlockSecret.random()));
        String sealed = sealer.seal(SECRET);
        int middle = sealed.lastIndexOf('.') - 3;
        char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';

        assertThat(sealer.open(sealed.substring(0, middle) + other + sealed.substring(middle + 1)))
                .isEmpty();
        assertThat(sealer.open("not a seal")).isEmpty();
    }

    @Test
    void anotherSecretDoesNotOpenTheKeyAndChangesNothing() throws IOException {
        Path file = folder.resolve("seal.json");
        sealer(Vault.under(UnlockSecret.of("correct horse battery")));
        byte[] before = Files.readAllBytes(file);

        Sealer.Opened opened =
                Sealer.open(file, Vault.under(UnlockSecret.of("wrong horse, no battery")));

        assertThat(opened).isEqualTo(new Sealer.Opened.WrongSecret(file));
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void theKeyFileIsItsOwnersAlone() throws IOException {
        sealer(Vault.under(UnlockSecret.random()));

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("seal.json"))))
                .isEqualTo("rw-------");
    }

    private Sealer sealer(Vault vault) throws IOException {
        Sealer.Opened opened = Sealer.open(folder.resolve("seal.json"), vault);
        assertThat(opened).isInstanceOf(Sealer.Opened.Ready.class);
        return ((Sealer.Opened.Ready) opened).sealer();
    }
}
