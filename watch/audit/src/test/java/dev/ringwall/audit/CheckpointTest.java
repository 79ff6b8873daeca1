package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Checkpoint CHECKPOINT =
            new Checkpoint("shop.ringwall/audit", 20_852_163, TreeHash.leaf(new byte[] {1}));

    @Test
    void aNoteOfTheReferenceImplementationIsRead() {
        // From golang.org/x/mod/sumdb/note.
        VerifierKey key =
                VerifierKey.parse(
                                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
                        .orElseThrow();
        String note =
                """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;

        assertThat(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        SignedNote.Parsed.Whole.class,
                        whole -> {
                            assertThat(whole.note().signedBy(key)).isTrue();
                            assertThat(whole.note().bytes())
                                    .isEqualTo(note.getBytes(StandardCharsets.UTF_8));
                        });
    }

    @Test
    void aCheckpointIsThreeLinesAndASignature() {
        String note = new String(CHECKPOINT.signedBy(Logs.SIGNER), StandardCharsets.UTF_8);

        assertThat(note.lines())
                .startsWith("shop.ringwall/audit", "20852163", CHECKPOINT.root().base64(), "")
                .hasSize(5);
        assertThat(note).contains("\n— shop.ringwall/audit ");
    }

    @Test
    void aSignedCheckpointIsBelieved() {
        assertThat(open(CHECKPOINT.signedBy(Logs.SIGNER)))
                .isEqualTo(new Checkpoint.Opened.Signed(CHECKPOINT));
    }

    @Test
    void anyFlippedBitIsRefused() {
        byte[] signed = CHECKPOINT.signedBy(Logs.SIGNER);
        for (int at = 0; at < signed.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = signed.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThat(open(flipped))
                        .as("byte %d, bit %d", at, bit)
                        .isNotInstanceOf(Checkpoint.Opened.Signed.class);
            }
        }
    }

    @Test
    void aForeignKeyOfTheSameNameIsRefused() {
        NoteSigner stranger = Logs.signer("shop.ringwall/audit");
        assertThat(open(CHECKPOINT.signedBy(stranger)))
                .isEqualTo(new Checkpoint.Opened.Foreign(List.of("shop.ringwall/audit")));
    }

    @Test
    void aFurtherSignatureByAWitnessIsNoHindrance() {
        NoteSigner witness = Logs.signer("witness.example");
        SignedNote note = note(CHECKPOINT.signedBy(Logs.SIGNER));
        List<SignedNote.Signature> both = new ArrayList<>(note.signatures());
        both.addAll(SignedNote.sign(note.text(), witness).signatures());

        assertThat(open(new SignedNote(note.text(), both).bytes()))
                .isInstanceOf(Checkpoint.Opened.Signed.class);
    }

    @Test
    void twoSignaturesOfWhichOneIsWrongAreRefused() {
        SignedNote note = note(CHECKPOINT.signedBy(Logs.SIGNER));
        SignedNote other =
                note(
                        new Checkpoint("shop.ringwall/audit", 1, CHECKPOINT.root())
                                .signedBy(Logs.SIGNER));
        List<SignedNote.Signature> both = new ArrayList<>(note.signatures());
        both.addAll(other.signatures());

        assertThat(open(new SignedNote(note.text(), both).bytes()))
                .isInstanceOf(Checkpoint.Opened.Foreign.class);
    }

    @Test
    void aCheckpointOfAnotherLogIsTold() {
        byte[] other =
                new Checkpoint("bank.ringwall/audit", 5, CHECKPOINT.root()).signedBy(Logs.SIGNER);
        assertThat(open(other))
                .isEqualTo(
                        new Checkpoint.Opened.WrongOrigin(
                                "bank.ringwall/audit", "shop.ringwall/audit"));
    }

    @Test
    void whatIsSignedButNoCheckpointIsRefused() {
        String root = CHECKPOINT.root().base64();
        for (String text :
                List.of(
                        "shop.ringwall/audit\n5\n",
                        "shop.ringwall/audit\n05\n" + root + "\n",
                        "shop.ringwall/audit\n-5\n" + root + "\n",
                        "shop.ringwall/audit\n9999999999999999999\n" + root + "\n",
                        "shop.ringwall/audit\n5\n" + root.substring(4) + "\n",
                        "shop.ringwall/audit\n5\n!" + root.substring(1) + "\n",
                        "shop.ringwall/audit\n5\n" + root + "\nmore\n")) {
            assertThat(open(SignedNote.sign(text, Logs.SIGNER).bytes()))
                    .as(text)
                    .isInstanceOf(Checkpoint.Opened.Malformed.class);
        }
    }

    @Test
    void whatIsNoNoteIsRefused() {
        for (String note :
                List.of(
                        "",
                        "\n",
                        "text\n",
                        "text\n\n",
                        "text\n\n— a b",
                        "text\n\nx\n",
                        "a\tb\n\n— n AAAAAAA=\n")) {
            assertThat(open(note.getBytes(StandardCharsets.UTF_8)))
                    .as(note)
                    .isInstanceOf(Checkpoint.Opened.Malformed.class);
        }
        assertThat(open(new byte[] {(byte) 0xff, '\n', '\n'}))
                .isInstanceOf(Checkpoint.Opened.Malformed.class);
        assertThat(open(new byte[SignedNote.BYTES_MAX + 1]))
                .isInstanceOf(Checkpoint.Opened.Malformed.class);
    }

    @Test
    void aKeyIsWrittenAndReadBack() {
        VerifierKey key = Logs.SIGNER.verifier();
        assertThat(VerifierKey.parse(key.toString())).contains(key);
        assertThat(
                        VerifierKey.parse(
                                "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"))
                .hasValueSatisfying(known -> assertThat(known.name()).isEqualTo("sum.golang.org"));
        for (String bad :
                List.of(
                        "",
                        "a+b",
                        "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                        "sum golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                        "sum.golang.org+033de0ae+Bc4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                        "sum.golang.org+033de0ae+Ac4z")) {
            assertThat(VerifierKey.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void halvesOfDifferentKeysAreNoSigner() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        var one = generator.generateKeyPair();
        var other = generator.generateKeyPair();
        assertThatThrownBy(() -> NoteSigner.of("a", one.getPublic(), other.getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(NoteSigner.of("a", one.getPublic(), one.getPrivate()).toString())
                .doesNotContain(Base64.getEncoder().encodeToString(one.getPrivate().getEncoded()));
    }

    private static SignedNote note(byte[] bytes) {
        return ((SignedNote.Parsed.Whole) SignedNote.parse(bytes)).note();
    }

    private static Checkpoint.Opened open(byte[] bytes) {
        return Checkpoint.open(bytes, Logs.SIGNER.verifier());
    }
}
