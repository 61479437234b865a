package lib.ledger;

import module java.base;

/// Counts and money as people read them.
public final class Amounts {
    private Amounts() {}

    /// Such as `950`, `12.3k` or `1.2M`.
    public static String tokens(long count) {
        if (count < 1_000) return String.valueOf(count);
        return count < 999_950 ? String.format(Locale.ROOT, "%.1fk", count / 1e3) : String.format(Locale.ROOT, "%.1fM", count / 1e6);
    }

    public static String dollars(double amount) {
        return amount == 0 ? "$0" : String.format(Locale.ROOT, amount < 0.1 ? "$%.4f" : "$%.2f", amount);
    }

    /// What a sum cost: at least so much if only some of its prices are known.
    public static String cost(Sum sum) {
        if (sum.unpriced() == 0) return dollars(sum.cost());
        return sum.isPriced() && sum.cost() > 0 ? "≥ " + dollars(sum.cost()) : "unknown";
    }
}
