package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;
import java.util.Optional;

/// How services run now, and what tells whether they are well.
final class ServiceDifference {

    private ServiceDifference() {}

    static void find(Declaration before, Declaration after, List<Change> changes) {
        after.services()
                .forEach((name, young) -> {
                    Service old = before.services().get(name);
                    if (old != null) {
                        health(old, young, changes);
                        runs(old, young, changes);
                    }
                });
    }

    private static void health(Service old, Service young, List<Change> changes) {
        if (!health(old).equals(health(young))) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            young.name(),
                            young.name()
                                    + " is well when "
                                    + health(young)
                                    + " instead of when "
                                    + health(old),
                            young.health().map(Service.Health::line).orElse(young.line())));
        }
    }

    private static String health(Service service) {
        return service.health()
                .map(health -> "GET " + health.path() + " is answered with 2xx")
                .orElse("it takes a connection");
    }

    private static void runs(Service old, Service young, List<Change> changes) {
        if (!how(old.runs()).equals(how(young.runs()))) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            young.name(),
                            young.name()
                                    + " is "
                                    + how(young.runs())
                                    + " instead of "
                                    + how(old.runs()),
                            young.line()));
        }
    }

    private static String how(Optional<Service.Runs> runs) {
        return runs.map(known ->
                        switch (known) {
                            case Service.Runs.Command(List<String> words, _) ->
                                    "run by `" + String.join(" ", words) + "`";
                            case Service.Runs.Image(String reference, _) ->
                                    "run from the image " + reference;
                            case Service.Runs.Url(var url, _) -> "reached at " + url;
                            case Service.Runs.BuiltIn _ -> "part of the control plane";
                        })
                .orElse("run by somebody else");
    }
}
