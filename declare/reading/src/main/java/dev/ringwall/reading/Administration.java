package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.RequestShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The operations by which people, keys and clients are administered. The control plane answers them, as the service `ringwall`; a
/// declaration only says who may. What requests and answers look like is said by [#document].
public final class Administration {

    /// What the names of its kinds of data begin with.
    static final String DATA = "ringwall-";

    /// Accounts of people, and what is known of them.
    public static final String ACCOUNT = "ringwall-account";

    /// What opens something and is shown once: passwords, keys, secrets of clients.
    public static final String CREDENTIAL = "ringwall-credential";

    /// Which roles, keys and clients there are.
    public static final String SETTING = "ringwall-setting";

    /// What the operations of SCIM begin with, and the word that stands for all of them.
    static final String SCIM = "scim";

    private static final String FILE = "administration.yaml";

    private static final Map<String, BuiltIn> ALL = all();

    private Administration() {}

    /// One of them.
    ///
    /// @param shape empty where SCIM says it (RFC 7643), whose bodies have more forms than a schema can tell apart
    record BuiltIn(
            String verb,
            HttpRoute route,
            Set<String> accepts,
            Set<String> returns,
            Optional<RequestShape> shape) {}

    /// What the admin API takes and gives, OpenAPI 3.1 in YAML.
    public static String document() {
        try (InputStream in = Administration.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// All of them by their verbs.
    static Map<String, BuiltIn> operations() {
        return ALL;
    }

    private static Map<String, BuiltIn> all() {
        Problems problems = new Problems();
        byte[] bytes = document().getBytes(StandardCharsets.UTF_8);
        Yaml.Text named = text(FILE);
        OpenApiDocument document =
                OpenApiDocument.read(
                                new FilePath(FILE),
                                named,
                                new Sources(
                                        _ -> new Files.Fetched.Bytes(ByteBuffer.wrap(bytes)),
                                        problems),
                                problems)
                        .orElseThrow();
        Map<String, BuiltIn> all = new LinkedHashMap<>();
        for (String line : TABLE.strip().lines().toList()) {
            String[] cells = line.split("\\|", -1);
            String verb = cells[0].strip();
            HttpRoute route = Routes.read(text(cells[1].strip()), problems).orElseThrow();
            all.put(
                    verb,
                    new BuiltIn(
                            verb,
                            route,
                            names(cells[2]),
                            names(cells[3]),
                            verb.startsWith(SCIM)
                                    ? Optional.empty()
                                    : document.shape(route, named.line())));
        }
        if (problems.any()) {
            throw new IllegalStateException(problems.inReadingOrder().toString());
        }
        return all;
    }

    private static Yaml.Text text(String value) {
        return new Yaml.Text(value, Yaml.Kind.STRING, Line.BUILT_IN);
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(cell.strip().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .forEach(word -> names.add(DATA + word));
        return names;
    }

    /// verb, route, what it takes, what it gives.
    private static final String TABLE =
            """
            describe           | GET /admin/v1/openapi.yaml | |
            list-roles         | GET /admin/v1/roles | | setting
            list-users         | GET /admin/v1/users | | account
            create-user        | POST /admin/v1/users | account credential | account credential
            read-user          | GET /admin/v1/users/{id} | | account
            change-user        | PATCH /admin/v1/users/{id} | account | account
            delete-user        | DELETE /admin/v1/users/{id} | |
            set-password       | POST /admin/v1/users/{id}/password | credential | credential
            list-sessions      | GET /admin/v1/users/{id}/sessions | | account
            end-sessions       | DELETE /admin/v1/users/{id}/sessions | |
            end-session        | DELETE /admin/v1/users/{id}/sessions/{part} | |
            list-factors       | GET /admin/v1/users/{id}/factors | | account
            remove-factors     | DELETE /admin/v1/users/{id}/factors | |
            remove-factor      | DELETE /admin/v1/users/{id}/factors/{part} | |
            list-browsers      | GET /admin/v1/users/{id}/browsers | | account
            forget-browser     | DELETE /admin/v1/users/{id}/browsers/{part} | |
            list-keys          | GET /admin/v1/keys | | setting
            create-key         | POST /admin/v1/keys | setting | credential setting
            revoke-key         | DELETE /admin/v1/keys/{id} | |
            list-clients       | GET /admin/v1/clients | | setting
            create-client      | POST /admin/v1/clients | setting | credential setting
            read-client        | GET /admin/v1/clients/{id} | | setting
            revoke-client      | DELETE /admin/v1/clients/{id} | |
            renew-secret       | POST /admin/v1/clients/{id}/secret | | credential
            scim-config        | GET /scim/v2/ServiceProviderConfig | |
            scim-types         | GET /scim/v2/ResourceTypes | |
            scim-type          | GET /scim/v2/ResourceTypes/{id} | |
            scim-schemas       | GET /scim/v2/Schemas | |
            scim-schema        | GET /scim/v2/Schemas/{id} | |
            scim-me            | GET /scim/v2/Me | | account
            scim-bulk          | POST /scim/v2/Bulk | account credential | account
            scim-list-users    | GET /scim/v2/Users | | account
            scim-create-user   | POST /scim/v2/Users | account credential | account
            scim-read-user     | GET /scim/v2/Users/{id} | | account
            scim-replace-user  | PUT /scim/v2/Users/{id} | account credential | account
            scim-change-user   | PATCH /scim/v2/Users/{id} | account credential | account
            scim-delete-user   | DELETE /scim/v2/Users/{id} | |
            scim-list-groups   | GET /scim/v2/Groups | | account setting
            scim-read-group    | GET /scim/v2/Groups/{id} | | account setting
            scim-replace-group | PUT /scim/v2/Groups/{id} | account | account
            scim-change-group  | PATCH /scim/v2/Groups/{id} | account | account
            """;
}
