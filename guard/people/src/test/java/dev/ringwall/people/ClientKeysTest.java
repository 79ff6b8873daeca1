package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which key sets a client may register.
class ClientKeysTest {

    private static JWK curve(String kid) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate().toPublicJWK();
    }

    private static ClientKeys.Reading read(JWK... keys) {
        return ClientKeys.read(new JWKSet(List.of(keys)).toString(false));
    }

    private static String why(ClientKeys.Reading reading) {
        return reading instanceof ClientKeys.Reading.Unusable(String why) ? why : "usable";
    }

    @Test
    void keysThatSignAreUsableAndComeBackAsTheyWere() throws Exception {
        JWK rsa = new RSAKeyGenerator(2048).keyID("r").generate().toPublicJWK();
        if (!(read(curve("a"), rsa) instanceof ClientKeys.Reading.Usable(ClientKeys keys))) {
            throw new AssertionError("unusable");
        }
        assertThat(ClientKeys.read(keys.json())).isEqualTo(new ClientKeys.Reading.Usable(keys));
        assertThat(keys.thumbprints()).hasSize(2);
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsReason() throws Exception {
        assertThat(why(ClientKeys.read(""))).contains("no JWK set");
        assertThat(why(ClientKeys.read(curve("a").toJSONString()))).contains("no JWK set");
        assertThat(why(read())).contains("0 keys");
        assertThat(why(read(curve("a"), curve("a")))).contains("same `kid`");
        assertThat(why(read(new ECKeyGenerator(Curve.P_256).generate()))).contains("private");
        assertThat(why(read(new ECKeyGenerator(Curve.P_384).generate().toPublicJWK())))
                .contains("another kind");
        assertThat(why(read(new RSAKeyGenerator(1024, true).generate().toPublicJWK())))
                .contains("another kind");
        assertThat(
                        why(
                                read(
                                        new ECKeyGenerator(Curve.P_256)
                                                .keyUse(KeyUse.ENCRYPTION)
                                                .generate()
                                                .toPublicJWK())))
                .contains("not for signatures");
        assertThat(
                        why(
                                read(
                                        new RSAKeyGenerator(2048)
                                                .algorithm(com.nimbusds.jose.JWSAlgorithm.RS256)
                                                .generate()
                                                .toPublicJWK())))
                .contains("another algorithm");
        assertThat(why(read(new OctetSequenceKey.Builder(new byte[32]).build())))
                .contains("private");
    }

    @Test
    void aSetHasAtMostEightKeys() throws Exception {
        List<JWK> keys = new ArrayList<>();
        for (int i = 0; i < ClientKeys.KEYS_MAX; i++) {
            keys.add(curve("k" + i));
        }
        assertThat(read(keys.toArray(JWK[]::new))).isInstanceOf(ClientKeys.Reading.Usable.class);
        keys.add(curve("one more"));
        assertThat(why(read(keys.toArray(JWK[]::new)))).contains("9 keys");
    }

    @Test
    void aSetThatIsTooLongIsNotRead() {
        assertThat(why(ClientKeys.read(" ".repeat(ClientKeys.CHARACTERS_MAX + 1))))
                .contains("more than");
    }
}
