package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// YAML to elements; JSON is YAML, but for tabs between its tokens.
final class LiquibaseYaml {
    private final SourceText source;

    private LiquibaseYaml(SourceText source) {
        this.source = source;
    }

    /// @return the list under `databaseChangeLog`
    static LiquibaseElement parse(SourceText source) {
        return new LiquibaseYaml(source).document();
    }

    private LiquibaseElement document() {
        try {
            String text = source.name().endsWith(".json") ? source.content().replace('\t', ' ') : source.content();
            Node root = new Compose(LoadSettings.builder().setUseMarks(true).build())
                    .composeString(text)
                    .orElseThrow(() -> broken("the changelog is empty", 1));
            LiquibaseElement all = element("", root, root);
            return all.child("databaseChangeLog")
                    .orElseThrow(() -> broken("the changelog does not begin with databaseChangeLog", 1));
        } catch (MarkedYamlEngineException e) {
            int at = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw broken("this is no valid " + form() + ": " + e.getProblem(), at);
        } catch (YamlEngineException e) {
            throw broken("this is no valid " + form() + ": " + e.getMessage(), 1);
        }
    }

    private String form() {
        return source.name().endsWith(".json") ? "JSON" : "YAML";
    }

    private LiquibaseElement element(String name, Node begin, Node value) {
        Map<String, String> attributes = new HashMap<>();
        List<LiquibaseElement> children = new ArrayList<>();
        if (value instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> entry(entry, attributes, children));
        } else if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> item(item, children));
        } else if (value instanceof ScalarNode scalar) {
            attributes.put("", scalar.getValue());
        }
        return new LiquibaseElement(
                name, attributes, children, line(begin.getStartMark().orElseThrow()), end(value));
    }

    private void entry(NodeTuple entry, Map<String, String> attributes, List<LiquibaseElement> children) {
        String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (entry.getValueNode() instanceof ScalarNode scalar) {
            attributes.put(key.toLowerCase(Locale.ROOT), scalar.getValue());
        } else {
            children.add(element(key, entry.getKeyNode(), entry.getValueNode()));
        }
    }

    /// An item of a list is a map of one entry, whose key says what it is.
    private void item(Node item, List<LiquibaseElement> children) {
        if (item instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                children.add(element(key, entry.getKeyNode(), entry.getValueNode()));
            });
        } else {
            children.add(element("", item, item));
        }
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /// A block ends where the next one begins, which is a line too far.
    private static int end(Node node) {
        Mark mark = node.getEndMark().orElseThrow();
        boolean block = !(node instanceof ScalarNode) && mark.getColumn() == 0;
        return block || endsBeforeDash(node, mark)
                ? Math.max(line(node.getStartMark().orElseThrow()), mark.getLine())
                : line(mark);
    }

    private static boolean endsBeforeDash(Node node, Mark mark) {
        return node instanceof MappingNode mapping
                && !mapping.getFlowStyle().equals(FlowStyle.FLOW)
                && mark.getLine() > node.getStartMark().orElseThrow().getLine();
    }

    private GodwitException broken(String what, int at) {
        return Problem.usage(what)
                .at(source.name() + ":" + at)
                .remedy("mend the file")
                .raise();
    }
}
