package lib.ledger;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.wire.*;

/// What each named key may cost in a month of UTC. The sums are those of the ledger when FreeCC started, and of what has
/// ended since; so they are exact for one FreeCC, and each of several replicas counts its own.
public final class Budgets {
    private record Budget(String variable, BigDecimal limit) { }

    private final Map<String, Budget> budgets = new LinkedHashMap<>();   // by name
    private final Map<String, BigDecimal> spent = new HashMap<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;
    private final Consumer<String> warning;
    private YearMonth month;

    /// `names` has the variables that set a budget, and whose it is.
    public Budgets(Config config, Map<String, String> names, Ledger ledger, InstantSource clock, Consumer<String> warning) {
        this.clock = clock;
        this.warning = warning;
        this.month = now();
        names.forEach((variable, name) -> budgets.put(name, new Budget(variable, dollars(variable, config.get(variable)))));
        if (budgets.isEmpty()) return;
        if (!ledger.isOn()) throw new Config.Wrong(names.keySet().iterator().next()
            + " needs the ledger, which adds up what a key costs: remove LEDGER=false");
        ledger.since(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            line -> add(Json.text(line, "key_name"), Json.decimal(line, "cost_usd")));
    }

    private static BigDecimal dollars(String variable, String text) {
        if (text.matches("\\d{1,9}(\\.\\d{1,4})?")) return new BigDecimal(text);
        throw new Config.Wrong(variable + "=" + text + " is not an amount; write US dollars a month, such as 20 or 12.50");
    }

    private YearMonth now() { return YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)); }

    private void add(String name, double cost) {
        if (budgets.containsKey(name)) spent.merge(name, BigDecimal.valueOf(cost), BigDecimal::add);
    }

    /// Refuses a request whose key has used up its month.
    public synchronized void check(String name) {
        var budget = budgets.get(name);
        if (budget == null || spent().getOrDefault(name, BigDecimal.ZERO).compareTo(budget.limit) < 0) return;
        throw new ApiError(402, "the key '" + name + "' has used up its budget of $" + budget.limit.toPlainString() + " for " + month
            + "; raise " + budget.variable + ", or wait for the next month (UTC)");
    }

    /// A new month begins at nothing.
    private Map<String, BigDecimal> spent() {
        if (!month.equals(now())) {
            month = now();
            spent.clear();
        }
        return spent;
    }

    /// A cost that is not known counts as nothing, which is said once for each model.
    public synchronized void accept(Outcome outcome) {
        var name = outcome.asked().key();
        var cost = outcome.served().cost();
        if (!budgets.containsKey(name)) return;
        spent();
        add(name, cost.orElse(0));
        var route = outcome.served().route();
        if (cost.isEmpty() && outcome.ok() && warned.add(route))
            warning.accept("the price of " + route + " is not known: it does not count towards " + budgets.get(name).variable);
    }
}
