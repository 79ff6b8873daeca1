package dev.ringwall.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A key pair that was made here and has no certificate yet. The private half never leaves.
public final class NewKey {

    private final KeyPair pair;

    private NewKey(KeyPair pair) {
        this.pair = pair;
    }

    /// A fresh P-256 key.
    public static NewKey make() {
        return new NewKey(Certificates.newKeyPair());
    }

    /// The request for a certificate: PKCS#10 in PEM (RFC 2986). It names nobody; whoever issues decides whose it will be.
    public String request() {
        try {
            return Pem.write(
                    Pem.CERTIFICATE_REQUEST,
                    new JcaPKCS10CertificationRequestBuilder(new X500Name(""), pair.getPublic())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(pair.getPrivate()))
                            .getEncoded());
        } catch (OperatorException | IOException cannotSign) {
            throw new IllegalStateException("a fresh key does not sign", cannotSign);
        }
    }

    /// The key with the chain that was issued for it, PEM, leaf first.
    ///
    /// @throws GeneralSecurityException when the chain is unreadable or for another key
    public Identity certified(String chainPem) throws GeneralSecurityException {
        return Identity.of(Pem.certificates(chainPem), (ECPrivateKey) pair.getPrivate());
    }

    KeyPair pair() {
        return pair;
    }

    @Override
    public String toString() {
        return "NewKey[…]";
    }
}
