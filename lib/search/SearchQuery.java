package lib.search;

import lib.message.*;

/// What to search for, where, and how many results to ask for; `country` is two letters, or empty.
record SearchQuery(String text, Domains domains, String country, int count) {
    /// With the domains as operators, for engines that know no other filter, as far as the query may be that long.
    String withOperators(int longest) {
        var whole = text + " " + domains.operators();
        return domains.isEmpty() || whole.length() > longest ? text : whole;
    }
}
