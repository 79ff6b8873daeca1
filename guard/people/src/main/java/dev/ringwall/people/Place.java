package dev.ringwall.people;

/// Where a login began, as far as the browser said: enough for its owner to know it again.
///
/// @param address of the client, as the gateway saw it; empty for a login from before this was kept
/// @param agent   what the browser calls itself, cut short; empty when it does not say
public record Place(String address, String agent) {

    /// Of a login from before this was kept.
    public static final Place UNKNOWN = new Place("", "");

    static final int AGENT_CHARACTERS_MAX = 200;

    public Place {
        agent =
                agent.length() <= AGENT_CHARACTERS_MAX
                        ? agent
                        : agent.substring(0, AGENT_CHARACTERS_MAX);
    }

    /// Where the request that is being answered comes from.
    static Place ofRequest() {
        Asked asked = Asked.current();
        return new Place(asked.address(), asked.agent());
    }
}
