package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML read as a tree, so that what is wrong is reported with its line. Nothing is constructed, so
 * an alias that multiplies itself costs nothing.
 */
final class YamlReading {
    private static final int MOST_ITEMS = 2_000;

    record Field(String name, Node key, Node value) {}

    private final String file;
    private final List<Finding> report;

    YamlReading(String file, List<Finding> report) {
        this.file = file;
        this.report = report;
    }

    @Nullable Node root(Reader text) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
        } catch (MarkedYAMLException wrong) {
            int line = wrong.getProblemMark() == null ? 1 : wrong.getProblemMark().getLine() + 1;
            throw new Problem.Invalid(
                    "file", say("imports.yaml.not", file, line, wrong.getProblem()));
        } catch (YAMLException | StackOverflowError wrong) {
            throw new Problem.Invalid("file", say("imports.yaml.unreadable", file));
        }
    }

    List<Field> fields(@Nullable Node node, String what) {
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            warning(node, say("imports.yaml.names", what));
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                warning(tuple.getKeyNode(), say("imports.yaml.name"));
            } else if (!seen.add(name.getValue())) {
                warning(name, say("imports.yaml.twice", shown(name)));
            } else {
                fields.add(new Field(name.getValue(), name, tuple.getValueNode()));
            }
        }
        return fields;
    }

    String text(Field field) {
        if (field.value() instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        }
        warning(field.value(), say("imports.yaml.text", field.name()));
        return "";
    }

    /** At most so long; what is cut off is reported. */
    String text(Field field, int longest) {
        return clean(field.value(), "'" + field.name() + "'", text(field), longest);
    }

    private String clean(Node at, String what, String text, int longest) {
        String cut = Names.cut(what, text, longest);
        if (cut != null) {
            warning(at, cut);
        }
        return Names.clean(text, longest);
    }

    List<Node> items(Field field) {
        if (field.value() instanceof SequenceNode sequence) {
            if (sequence.getValue().size() > MOST_ITEMS) {
                warning(field.value(), say("imports.yaml.most", field.name()));
            }
            return sequence.getValue().stream().limit(MOST_ITEMS).toList();
        }
        boolean empty = field.value() instanceof ScalarNode it && it.getTag().equals(Tag.NULL);
        if (!empty) {
            warning(field.value(), say("imports.yaml.list", field.name()));
        }
        return List.of();
    }

    List<String> texts(Field field, int most, int longest) {
        if (field.value() instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            warning(scalar, say("imports.yaml.oneText", field.name()));
            return List.of(clean(scalar, "'" + field.name() + "'", scalar.getValue(), longest));
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(field)) {
            String what = say("imports.yaml.entry", field.name());
            String text =
                    item instanceof ScalarNode scalar
                            ? clean(item, what, scalar.getValue(), longest)
                            : "";
            if (text.isEmpty()) {
                warning(item, say("imports.yaml.entryText", what));
            } else if (texts.size() == most) {
                warning(item, say("imports.yaml.mostEntries", field.name(), most));
                break;
            } else if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    void unknown(Field field) {
        String name = field.key() instanceof ScalarNode scalar ? shown(scalar) : "";
        warning(field.key(), say("imports.yaml.unknown", name));
    }

    void info(Node at, String message) {
        report.add(Finding.info(file, line(at), message));
    }

    void warning(Node at, String message) {
        report.add(Finding.warning(file, line(at), message));
    }

    void error(Node at, String message) {
        report.add(Finding.error(file, line(at), message));
    }

    private static String shown(ScalarNode name) {
        return Names.clean(name.getValue(), 60);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
