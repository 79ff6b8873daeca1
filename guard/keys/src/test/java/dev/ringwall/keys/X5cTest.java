package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.HandClock;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class X5cTest {

    private static final Identity IDENTITY =
            Authorities.of("shop", HandClock.atPresent(), Lifetimes.DEFAULT)
                    .issue(Authorities.workload("shop", "orders"));

    @Test
    void whatIsWrittenIsRead() throws GeneralSecurityException {
        assertThat(X5c.read(X5c.write(IDENTITY.chain()))).isEqualTo(IDENTITY.chain());
    }

    @Test
    void anythingElseIsRefused() {
        String one = X5c.write(IDENTITY.chain()).getFirst();
        for (List<String> odd :
                List.of(
                        List.<String>of(),
                        Collections.nCopies(PeerVerifier.CHAIN_MAX + 1, one),
                        List.of("not base64!"),
                        List.of(""),
                        List.of("AAAA"),
                        List.of(one, one.substring(0, one.length() - 8)))) {
            assertThatThrownBy(() -> X5c.read(odd)).isInstanceOf(GeneralSecurityException.class);
        }
    }
}
