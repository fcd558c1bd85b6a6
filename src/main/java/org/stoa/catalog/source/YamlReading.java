package org.stoa.catalog.source;

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
                    "file",
                    file + ", line " + line + ": this is not YAML: " + wrong.getProblem() + ".");
        } catch (YAMLException | StackOverflowError wrong) {
            throw new Problem.Invalid("file", file + " is not YAML that can be read.");
        }
    }

    List<Field> fields(@Nullable Node node, String what) {
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            warning(node, what + " is written as names and values.");
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                warning(tuple.getKeyNode(), "A name is a plain word.");
            } else if (!seen.add(name.getValue())) {
                warning(name, "'" + shown(name) + "' stands twice; the first one counts.");
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
        warning(field.value(), "'" + field.name() + "' is a text, not a list or a group.");
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
                warning(field.value(), "'" + field.name() + "' has more than 2,000 entries.");
            }
            return sequence.getValue().stream().limit(MOST_ITEMS).toList();
        }
        boolean empty = field.value() instanceof ScalarNode it && it.getTag().equals(Tag.NULL);
        if (!empty) {
            warning(field.value(), "'" + field.name() + "' is a list.");
        }
        return List.of();
    }

    List<String> texts(Field field, int most, int longest) {
        if (field.value() instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            warning(scalar, "'" + field.name() + "' is a list; its one text was taken.");
            return List.of(clean(scalar, "'" + field.name() + "'", scalar.getValue(), longest));
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(field)) {
            String what = "An entry of '" + field.name() + "'";
            String text =
                    item instanceof ScalarNode scalar
                            ? clean(item, what, scalar.getValue(), longest)
                            : "";
            if (text.isEmpty()) {
                warning(item, what + " is a text.");
            } else if (texts.size() == most) {
                warning(item, "'" + field.name() + "' has more than " + most + " entries.");
                break;
            } else if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    void unknown(Field field) {
        String name = field.key() instanceof ScalarNode scalar ? shown(scalar) : "";
        warning(field.key(), "'" + name + "' is not known here and was not read.");
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
