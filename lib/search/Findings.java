package lib.search;

import module java.base;

import lib.reply.*;

/// What one search has found, or why it failed: one of Anthropic's error codes, and words for the model.
record Findings(List<SearchResult> results, String error, String words) {
    static Findings failed(String error, String words) { return new Findings(List.of(), error, words); }

    boolean ok() { return error.isEmpty(); }

    /// For the model. Only titles and URLs reach whoever asked, so the content has to be in the model's answer.
    static Findings of(String query, List<SearchResult> results) {
        if (results.isEmpty()) return new Findings(results, "", "The web search for \"" + query + "\" found nothing.");
        var list = IntStream.range(0, results.size()).mapToObj(at -> (at + 1) + ". " + described(results.get(at)))
            .collect(Collectors.joining("\n\n"));
        return new Findings(results, "", "Results of the web search for \"" + query + "\":\n\n" + list
            + "\n\nAnswer with what these results say: whoever asked sees your answer and the list of pages, but not these texts.");
    }

    private static String described(SearchResult found) {
        return Stream.of(found.title(), found.url(), found.age(), found.snippet()).filter(part -> !part.isBlank())
            .collect(Collectors.joining("\n"));
    }
}
