package dev.ringwall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses of databases, good and bad.
class DatabaseTest {

    private static final Database.Password PASSWORD = Database.Password.of("secret");

    @ParameterizedTest
    @CsvSource({
        "postgresql://ringwall@db.example.com/shop,                       db.example.com, 5432, shop, ringwall, true",
        "postgres://me@db:5433/shop,                                      db,             5433, shop, me,       true",
        "postgresql://ringwall@[::1]:5432/shop,                           ::1,            5432, shop, ringwall, false",
        "postgresql://ringwall@localhost/shop,                            localhost,      5432, shop, ringwall, false"
    })
    void anAddressSaysWhereAndAsWhom(
            String address, String host, int port, String name, String user, boolean remote) {
        Database.Server server = Database.Server.at(address, PASSWORD);

        assertThat(server)
                .isEqualTo(new Database.Server(host, port, name, user, PASSWORD, Optional.empty()));
        assertThat(server.remote()).isEqualTo(remote);
    }

    @Test
    void theRootOfAServerIsAFile() {
        assertThat(
                        Database.Server.at(
                                        "postgresql://a@db/shop?sslrootcert=/etc/ca.pem", PASSWORD)
                                .root())
                .contains(Path.of("/etc/ca.pem"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mysql://a@db/shop                      | is no address of a database
                    postgresql://db/shop                   | is no address of a database
                    postgresql://a@db                      | is no address of a database
                    postgresql://a@db/                     | is no address of a database
                    not an address                         | is no address of a database
                    postgresql://a:b@db/shop               | RINGWALL_DATABASE_PASSWORD
                    postgresql://a@db/shop?sslmode=disable | `sslmode=disable` cannot be set
                    postgresql://a@db/shop?sslrootcert=x&sslmode=disable | cannot be set
                    """)
    void anythingElseIsRefusedWithWhatWasExpected(String address, String complaint) {
        assertThatThrownBy(() -> Database.Server.at(address, PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("expected: ");
    }
}
