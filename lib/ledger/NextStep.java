package lib.ledger;

/// What a person can do about an error, in a sentence.
final class NextStep {
    private NextStep() {}

    static String of(Outcome outcome) {
        var provider = outcome.served().provider().isEmpty() ? "the provider" : outcome.served().provider();
        var model = outcome.served().model().isEmpty() ? "this model" : outcome.served().model();
        return switch (outcome.result().error()) {
            case "", "client_gone" -> "";
            case "authentication_error" -> "Check the key for " + provider + "; PROVIDERS.md names its variable.";
            case "billing_error" -> "Add credit at " + provider + ", or choose another model.";
            case "permission_error" -> "Get access to " + model + " at " + provider + ", or choose another model.";
            case "not_found_error" -> "Check the name: " + provider + " does not know " + model + ".";
            case "request_too_large" -> "Run /compact in Claude Code, or choose a model with a larger context window.";
            case "rate_limit_error" -> "Claude Code tries again by itself. If this goes on, raise your limit at " + provider
                + " or choose another model.";
            case "invalid_request_error" -> "The message says what to change. If it seems wrong, report it with what is in the log.";
            default -> "Claude Code tries again by itself. If this goes on, see the status page of " + provider
                + " or choose another model.";
        };
    }
}
