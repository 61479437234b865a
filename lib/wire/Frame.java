package lib.wire;

/// One message of an upstream's stream: a server-sent event, a line of NDJSON or an AWS event-stream message.
public record Frame(String event, String data) {}
