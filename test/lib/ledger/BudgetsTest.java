package lib.ledger;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// What a key may cost in a month.
class BudgetsTest {
    private final List<String> warnings = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    @TempDir Path folder;

    private Config config(String... settings) {
        var values = new HashMap<>(Map.of("XDG_STATE_HOME", folder.toString(), "FREECC_BUDGET_ALICE", "1.50"));
        for (var setting : settings) values.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        return new Config(values);
    }

    private Budgets budgets(Config config) {
        return new Budgets(config, Map.of("FREECC_BUDGET_ALICE", "alice"), new Ledger(config), () -> now, warnings::add);
    }

    private Outcome outcome(String key, OptionalDouble cost) {
        var asked = new Outcome.Asked("sonnet", Role.MAIN, "s", "", 0, 1, true, key);
        return new Outcome("r", "r", now, asked, new Outcome.Served("groq", "m", 1, List.of(), List.of(), "", Event.Usage.NONE, cost),
            new Outcome.Result(200, "", "", Optional.empty(), Duration.ofSeconds(1)));
    }

    @Test void theMonthsCostIsAddedUpAcrossRestartsUntilTheNextMonth() {
        var config = config();
        var ledger = new Ledger(config);
        var budgets = budgets(config);
        for (var cost : List.of(0.7, 0.7)) {
            budgets.check("alice");
            ledger.accept(outcome("alice", OptionalDouble.of(cost)));
            budgets.accept(outcome("alice", OptionalDouble.of(cost)));
        }
        ledger.accept(outcome("bob", OptionalDouble.of(99)));
        budgets.accept(outcome("bob", OptionalDouble.of(99)));
        var again = budgets(config);
        again.check("alice");
        again.accept(outcome("alice", OptionalDouble.of(0.1)));
        var refused = assertThrows(ApiError.class, () -> again.check("alice"));
        assertEquals("402 billing_error the key 'alice' has used up its budget of $1.50 for 2026-11; raise FREECC_BUDGET_ALICE, or wait for the next month (UTC)",
            refused.status() + " " + refused.type() + " " + refused.getMessage());
        again.check("bob");
        again.check("");
        now = Instant.parse("2026-12-01T00:00:00Z");
        again.check("alice");
    }

    @Test void anUnknownPriceIsSaidOnce() {
        var budgets = budgets(config());
        for (var i = 0; i < 3; i++) budgets.accept(outcome("alice", OptionalDouble.empty()));
        assertEquals(List.of("the price of groq/m is not known: it does not count towards FREECC_BUDGET_ALICE"), warnings);
    }

    @Test void whatCannotBeUsedIsReportedAtStart() {
        assertEquals("FREECC_BUDGET_ALICE=much is not an amount; write US dollars a month, such as 20 or 12.50",
            assertThrows(Config.Wrong.class, () -> budgets(config("FREECC_BUDGET_ALICE=much"))).getMessage());
        assertEquals("FREECC_BUDGET_ALICE needs the ledger, which adds up what a key costs: remove LEDGER=false",
            assertThrows(Config.Wrong.class, () -> budgets(config("LEDGER=false"))).getMessage());
    }
}
