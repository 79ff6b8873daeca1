package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes that `htpasswd` and Python made.
class ForeignHashTest {

    private static final String PASSWORD = "blue kettle on a warm shelf";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$05$XnqYe5.YoEjxKPtAEeixxOcK0twvzUSC/IQoXK2IWoedMIXfftFtW",
                "$2b$05$cMQTKYEZSRhNV3nB.2wuxOYV3oecHP.yaR9soh0Ujvv0Aq3gt0Lqe",
                "$pbkdf2-sha1$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$apBmfr77I3RkLkgRYLd+XNNKWDCQ0yw9r9i/7xWXC+s",
                "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$tNhuRncol4fROXiKO7aYeHM3A9Ub/G4tTKDnH0LSn8Y",
                "$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$yyacsx9lwP3/yNo6r0tnswWHKT+AE4+2lhqZQHraGA4"
            })
    void hashesOfOthersAreTakenOverAndOpenToTheirPasswordAlone(String hash) {
        assertThat(ForeignHash.objection(hash)).isEmpty();
        assertThat(ForeignHash.matches(PASSWORD, hash)).isTrue();
        assertThat(ForeignHash.matches(PASSWORD + " ", hash)).isFalse();
        assertThat(ForeignHash.matches("", hash)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "blue kettle; a hash of no known kind",
                "$1$abcdefgh$0123456789; a hash of no known kind",
                "-; a hash of no known kind",
                "$argon2id$v=19$m=1048576,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA; would cost too much",
                "$argon2id$v=19$m=8,t=200,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA; would cost too much",
                "$argon2id$v=19$m=8,t=1,p=1$AAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA; too short",
                "$2b$31$cMQTKYEZSRhNV3nB.2wuxOYV3oecHP.yaR9soh0Ujvv0Aq3gt0Lqe; would cost too much",
                "$2b$03$cMQTKYEZSRhNV3nB.2wuxOYV3oecHP.yaR9soh0Ujvv0Aq3gt0Lqe; below 4",
                "$pbkdf2-sha256$i=99999999$MDEyMzQ1Njc4OWFiY2RlZg$tNhuRncol4fROXiKO7aYeHM3A9Ub/G4tTKDnH0LSn8Y; would cost too much",
                "$pbkdf2-sha256$i=0$MDEyMzQ1Njc4OWFiY2RlZg$tNhuRncol4fROXiKO7aYeHM3A9Ub/G4tTKDnH0LSn8Y; would cost too much",
                "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$tNhu; too short"
            })
    void whatNobodyCouldCompareOrWouldCostTooMuchIsRefused(String hash, String why) {
        assertThat(ForeignHash.objection(hash))
                .hasValueSatisfying(it -> assertThat(it).contains(why));
        assertThat(ForeignHash.matches(PASSWORD, hash)).isFalse();
    }

    @Test
    void aHashOfOursIsTakenOverByOthersOfUs() {
        String ours = new Passwords(1).hash(PASSWORD);

        assertThat(ForeignHash.objection(ours)).isEmpty();
        assertThat(ForeignHash.matches(PASSWORD, ours)).isTrue();
        assertThat(Passwords.stale(ours)).isFalse();
    }
}
