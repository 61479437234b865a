package lib.reply;

/// A page that a web search has found; what is not known of it is empty. `age` is a date, or such as `3 days ago`.
public record SearchResult(String title, String url, String snippet, String age) { }
