package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;

/// What to search for, where, and how many results to ask for; `country` is two letters, or empty.
record SearchQuery(String text, Domains domains, String country, int count) {
    private static final int TO_FILTER = 20;

    /// More results where some may be left out.
    static SearchQuery of(String text, WebSearch wanted) {
        var country = Json.text(wanted.place(), "country");
        return new SearchQuery(text, wanted.domains(), country.length() == 2 ? country.toUpperCase(Locale.ROOT) : "",
            wanted.domains().isEmpty() ? SearchLoop.RESULTS : TO_FILTER);
    }

    /// With the domains as operators, for engines that know no other filter, as far as the query may be that long.
    String withOperators(int longest) {
        var whole = text + " " + domains.operators();
        return domains.isEmpty() || whole.length() > longest ? text : whole;
    }
}
