package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/gates.md` says of every gate what it asks and how it opens.
class GatesPageTest {
    private static final CatalogSnapshot NOTHING =
            new CatalogSnapshot(PostgresVersion.ofMajor(18), List.of(), List.of());

    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\| [^|]+ \\| [^|]* \\| [^|]+ \\|");

    @Test
    void thePageListsTheGatesThatThereAreInTheOrderInWhichTheyAreAsked() throws IOException {
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/gates.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                listed.add(row.group(1));
            }
        }
        assertThat(listed).isEqualTo(names());
    }

    private static List<String> names() {
        List<Gate> gates =
                new ArrayList<>(new Gates(order()).forApply(NOTHING, Optional.empty(), (_, _) -> true, Permit.ALWAYS));
        gates.add(Permit.ALWAYS.windowGate());
        gates.add(Permit.ALWAYS.approvalGate(order().migration(), false, List.of()));
        List<String> names = new ArrayList<>(gates.stream().map(Gate::name).toList());
        LiveGate.ALL.forEach(gate -> names.add(gate.name()));
        return names;
    }

    private static Order order() {
        Script up = new Script(Path.of("up.sql"), new SourceText("up.sql", "SELECT 1"));
        Migration migration = new Migration("1", "test", up, Optional.empty(), TransactionMode.AUTO);
        return new Order(
                SqlForm.of(migration),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Order.Repair.NONE);
    }
}
