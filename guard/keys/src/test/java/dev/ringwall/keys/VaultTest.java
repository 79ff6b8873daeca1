package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private final ECPrivateKey key = (ECPrivateKey) Certificates.newKeyPair().getPrivate();

    @Test
    void aLockedKeyOpensAgain() throws Exception {
        String locked = Authorities.VAULT.lock(key);
        assertThat(Authorities.VAULT.unlock(locked)).isEqualTo(new Vault.Unlocked.Key(key));
        assertThat(new Vault.Unlocked.Key(key).toString()).isEqualTo("Key[…]");
        assertThat(Authorities.VAULT.lock(key)).isNotEqualTo(locked);
    }

    @Test
    void openSslOpensItToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        Files.writeString(file, Authorities.VAULT.lock(key));
        Process openssl;
        try {
            openssl =
                    new ProcessBuilder(
                                    "openssl",
                                    "pkey",
                                    "-in",
                                    file.toString(),
                                    "-passin",
                                    "pass:a secret that only tests know")
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException notInstalled) {
            Assumptions.abort("openssl is not installed: " + notInstalled.getMessage());
            return;
        }
        String out = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(out).contains("BEGIN PRIVATE KEY");
        ECPrivateKey opened = Pem.privateKey(Pem.block(out, Pem.PRIVATE_KEY));
        assertThat(opened.getS()).isEqualTo(key.getS());
    }

    @Test
    void anAlteredFileIsNotUsed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("root.pem");
        KeyPair pair = Certificates.newKeyPair();
        ECPrivateKey own = (ECPrivateKey) pair.getPrivate();
        X509Certificate root =
                Issuer.root("shop", pair.getPublic(), own, Authorities.PRESENT.instant());
        LockedIdentity.write(file, Authorities.VAULT, root, own);
        byte[] der = Pem.block(Files.readString(file), Pem.ENCRYPTED_PRIVATE_KEY);
        Seeds.each(
                60,
                random -> {
                    byte[] altered = der.clone();
                    // the cipher text only: an altered salt costs another derivation each time
                    altered[altered.length - 1 - random.nextInt(60)] ^=
                            (byte) (1 << random.nextInt(8));
                    Files.writeString(
                            file,
                            Pem.write(List.of(root))
                                    + Pem.write(Pem.ENCRYPTED_PRIVATE_KEY, altered));
                    assertThat(LockedIdentity.read(file, Authorities.VAULT))
                            .isNotInstanceOf(LockedIdentity.Held.class);
                });
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 1_000, Vault.ITERATIONS - 1, Vault.ITERATIONS_MAX + 1, Integer.MAX_VALUE})
    void aFileThatIsCheapToGuessOrDearToOpenIsNotOpened(int iterations) throws Exception {
        PBES2Parameters parameters =
                new PBES2Parameters(
                        new KeyDerivationFunc(
                                PKCSObjectIdentifiers.id_PBKDF2,
                                new PBKDF2Params(
                                        new byte[16],
                                        iterations,
                                        32,
                                        new AlgorithmIdentifier(
                                                PKCSObjectIdentifiers.id_hmacWithSHA256,
                                                DERNull.INSTANCE))),
                        new EncryptionScheme(
                                NISTObjectIdentifiers.id_aes256_CBC,
                                new DEROctetString(new byte[16])));
        String file =
                Pem.write(
                        Pem.ENCRYPTED_PRIVATE_KEY,
                        new EncryptedPrivateKeyInfo(
                                        new AlgorithmIdentifier(
                                                PKCSObjectIdentifiers.id_PBES2, parameters),
                                        new byte[160])
                                .getEncoded());
        assertThat(Authorities.VAULT.unlock(file)).isInstanceOf(Vault.Unlocked.Unusable.class);
    }

    @Test
    void whatIsNoLockedKeyIsToldApart() throws Exception {
        for (String text :
                List.of(
                        "",
                        "nonsense",
                        Pem.write(Pem.ENCRYPTED_PRIVATE_KEY, new byte[] {1, 2}),
                        Pem.write(Pem.ENCRYPTED_PRIVATE_KEY, new ASN1Integer(7).getEncoded()),
                        Pem.write(Pem.PRIVATE_KEY, key.getEncoded()))) {
            assertThat(Authorities.VAULT.unlock(text)).isInstanceOf(Vault.Unlocked.Unusable.class);
        }
    }

    @Test
    void aSecretInAFileIsMadeOnceForItsOwnerAlone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("unlock/shop");
        UnlockSecret made = UnlockSecret.inFile(file);
        assertThat(UnlockSecret.inFile(file)).isEqualTo(made).isNotEqualTo(UnlockSecret.random());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> UnlockSecret.inFile(file))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
