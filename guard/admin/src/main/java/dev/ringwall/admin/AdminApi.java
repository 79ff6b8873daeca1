package dev.ringwall.admin;

import dev.ringwall.model.Blueprint;
import dev.ringwall.people.Directory;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers the operations of `ringwall`. Whoever asks has been let in by the rings, for that operation; what more it takes is asked of
/// [Power]. Any thread may use it.
public final class AdminApi {

    private static final String PROBLEM = "https://ringwall.dev/administration/";
    private static final String SCIM = "scim-";
    private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    private final Map<String, Function<AdminRequest, AdminAnswer>> operations =
            new LinkedHashMap<>();

    /// @param document what the admin API takes and gives, OpenAPI in YAML
    public AdminApi(
            Supplier<Blueprint> blueprint,
            Directory directory,
            String document,
            InstantSource clock) {
        Power power = new Power(blueprint, directory.register(), directory.ledger());
        UserOperations users = new UserOperations(directory, power);
        ProgramOperations programs = new ProgramOperations(blueprint, directory, power);
        HoldingOperations holdings = new HoldingOperations(directory, power);
        ClientOperations clients = new ClientOperations(directory, power);
        ScimUsers scimUsers = new ScimUsers(directory, power);
        ScimGroups scimGroups = new ScimGroups(blueprint, directory, power);
        operations.put("describe", _ -> AdminAnswer.text("application/yaml", document));
        operations.put("list-roles", programs::roles);
        operations.put("list-users", users::list);
        operations.put("create-user", users::create);
        operations.put("read-user", users::read);
        operations.put("change-user", users::change);
        operations.put("delete-user", users::delete);
        operations.put("set-password", users::setPassword);
        operations.put("list-sessions", holdings::sessions);
        operations.put("end-sessions", holdings::endSessions);
        operations.put("end-session", holdings::endSession);
        operations.put("list-factors", holdings::factors);
        operations.put("remove-factors", holdings::removeFactors);
        operations.put("remove-factor", holdings::removeFactor);
        operations.put("list-browsers", holdings::browsers);
        operations.put("forget-browser", holdings::forgetBrowser);
        operations.put("list-keys", programs::keys);
        operations.put("create-key", programs::createKey);
        operations.put("revoke-key", programs::revokeKey);
        operations.put("list-clients", clients::list);
        operations.put("create-client", clients::create);
        operations.put("read-client", clients::read);
        operations.put("revoke-client", clients::revoke);
        operations.put("renew-secret", clients::renewSecret);
        operations.put("scim-config", _ -> ScimDocuments.config());
        operations.put("scim-types", ScimDocuments::types);
        operations.put("scim-type", ScimDocuments::type);
        operations.put("scim-schemas", ScimDocuments::schemas);
        operations.put("scim-schema", ScimDocuments::schema);
        operations.put("scim-me", scimUsers::me);
        operations.put(
                "scim-bulk",
                new ScimBulk(power, new BulkLimits(blueprint, clock), this::answer)::answer);
        operations.put("scim-list-users", scimUsers::list);
        operations.put("scim-create-user", scimUsers::create);
        operations.put("scim-read-user", scimUsers::read);
        operations.put("scim-replace-user", scimUsers::replace);
        operations.put("scim-change-user", scimUsers::change);
        operations.put("scim-delete-user", scimUsers::delete);
        operations.put("scim-list-groups", scimGroups::list);
        operations.put("scim-read-group", scimGroups::read);
        operations.put("scim-replace-group", scimGroups::replace);
        operations.put("scim-change-group", scimGroups::change);
    }

    /// The answer. What cannot be done is said in the words of the API that was asked.
    public AdminAnswer answer(AdminRequest request) {
        Function<AdminRequest, AdminAnswer> operation = operations.get(request.verb());
        boolean scim = request.verb().startsWith(SCIM);
        try {
            if (operation == null) {
                throw Refused.missing("operation");
            }
            return operation.apply(request);
        } catch (Refused refused) {
            return scim ? scim(refused) : problem(refused);
        }
    }

    static AdminAnswer scim(Refused refused) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("schemas", new String[] {SCIM_ERROR});
        error.put("status", Integer.toString(refused.status()));
        if (!refused.scimType().isEmpty()) {
            error.put("scimType", refused.scimType());
        }
        error.put("detail", refused.detail());
        error.put("reason", refused.reason());
        return AdminAnswer.of(refused.status(), AdminAnswer.SCIM, error);
    }

    private static AdminAnswer problem(Refused refused) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", PROBLEM + refused.reason());
        problem.put("title", refused.reason().replace('-', ' '));
        problem.put("status", refused.status());
        problem.put("reason", refused.reason());
        problem.put("detail", refused.detail());
        return AdminAnswer.of(refused.status(), AdminAnswer.PROBLEM, problem);
    }
}
