package lib.route;

/// The shape of a dialect's request bodies. A quirk applies only to the shapes that it names.
public enum Shape { CHAT, RESPONSES, ANTHROPIC, TEXT, OWN }
