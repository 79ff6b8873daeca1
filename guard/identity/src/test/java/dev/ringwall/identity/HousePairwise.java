package dev.ringwall.identity;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.people.Secrets;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/// The ids of clients that have their own, in a [House]: made by a plain hash, and sealed to a key that everybody can read here.
final class HousePairwise implements Pairwise {

    private static final byte[] KEY =
            "thirty-two bytes of a known key.".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String subject(String sector, String account) {
        return Secrets.sha256("sub/" + sector + "/" + account);
    }

    @Override
    public String session(String sector, String sid) {
        return Secrets.sha256("sid/" + sector + "/" + sid);
    }

    @Override
    public String sealed(String says) {
        try {
            JWEObject object =
                    new JWEObject(
                            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
                            new Payload(says));
            object.encrypt(new DirectEncrypter(KEY));
            return object.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What a gateway reads there.
    static JWTClaimsSet opened(String sealed) {
        try {
            JWEObject object = JWEObject.parse(sealed);
            object.decrypt(new DirectDecrypter(KEY));
            return JWTClaimsSet.parse(object.getPayload().toJSONObject());
        } catch (ParseException | JOSEException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
