package lib.route;

/// Whose request bodies a dialect's are like. A quirk names the shapes that it is for, and reaches no other.
public enum Shape { CHAT, RESPONSES, ANTHROPIC, TEXT, OWN }
