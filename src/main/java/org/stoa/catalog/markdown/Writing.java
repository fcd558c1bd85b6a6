package org.stoa.catalog.markdown;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.LessonNodes.Absent;
import org.stoa.catalog.markdown.LessonNodes.Callout;
import org.stoa.catalog.markdown.LessonNodes.Figure;
import org.stoa.catalog.markdown.LessonNodes.NoteNumber;
import org.stoa.catalog.markdown.LessonNodes.NoteReference;
import org.stoa.catalog.markdown.LessonNodes.SideNote;
import org.stoa.catalog.markdown.LessonNodes.TableBox;
import org.stoa.catalog.markdown.LessonNodes.VideoCard;
import org.stoa.media.WebPicture;

/** Writes an arranged lesson as HTML, not yet sanitized. */
final class Writing implements NodeRenderer {
    /** How wide a picture stands in a lesson: the measure, or a phone but for its margins. */
    static final String SIZES = "(max-width: 608px) calc(100vw - 40px), 568px";

    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;
    private final Arrangement arrangement;
    private final Addresses addresses;
    private boolean pictured;

    private Writing(HtmlNodeRendererContext context, Arrangement arrangement, Addresses addresses) {
        this.context = context;
        this.html = context.getWriter();
        this.arrangement = arrangement;
        this.addresses = addresses;
    }

    static String html(Node document, Arrangement arrangement, Addresses addresses) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
                .attributeProviderFactory(context ->
                        (node, tag, attributes) -> {
                            String side = attributes.remove("align");
                            if (side != null) {
                                attributes.put("class", "align-" + side);
                            }
                        })
                .nodeRendererFactory(context -> new Writing(context, arrangement, addresses))
                .build()
                .render(document);
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(
                Heading.class,
                Link.class,
                Image.class,
                FencedCodeBlock.class,
                IndentedCodeBlock.class,
                HtmlBlock.class,
                HtmlInline.class,
                TaskListItemMarker.class,
                MathText.class,
                SideNote.class,
                NoteReference.class,
                NoteNumber.class,
                Callout.class,
                Figure.class,
                Absent.class,
                TableBox.class,
                VideoCard.class);
    }

    @Override
    public void render(Node node) {
        switch (node) {
            case Heading heading -> heading(heading);
            case Link link -> link(link);
            case Image image -> image(image);
            case FencedCodeBlock code ->
                    html.raw(CodeFigure.html(code.getInfo(), code.getLiteral()));
            case IndentedCodeBlock code -> html.raw(CodeFigure.html("", code.getLiteral()));
            case HtmlBlock block -> html.raw(addresses.inRawHtml(block.getLiteral()) + "\n");
            case HtmlInline inline -> html.raw(addresses.inRawHtml(inline.getLiteral()));
            case MathText math -> math(math);
            case TaskListItemMarker marker -> task(marker);
            case SideNote note -> sideNote(note);
            case NoteReference reference -> reference(reference);
            case NoteNumber number -> element("sup", Map.of(), String.valueOf(number.number));
            case Callout callout -> callout(callout);
            case Figure figure -> figure(figure);
            case Absent absent -> absent(absent);
            case TableBox box -> box("div", attributes("class", "table", "tabindex", "0"), box);
            case VideoCard card -> card(card);
            default -> throw new IllegalStateException("No rendering for " + node.getClass());
        }
    }

    private void heading(Heading heading) {
        Rendered.Heading settled = arrangement.heading(heading);
        if (settled == null) {
            children(heading);
            return;
        }
        html.line();
        html.tag("h" + settled.level(), attributes("id", settled.anchor()));
        children(heading);
        html.tag("/h" + settled.level());
        html.line();
    }

    private void link(Link link) {
        String href = addresses.link(link.getDestination());
        if (href == null) {
            children(link);
            return;
        }
        html.tag("a", titled(link.getTitle(), attributes("href", href)));
        children(link);
        html.tag("/a");
    }

    private void image(Image image) {
        String alt = Dialect.text(image);
        Links.FileTarget target = addresses.image(image.getDestination());
        if (target != null) {
            picture(target.picture(), alt, image.getTitle());
        } else if (Addresses.external(image.getDestination()) && !insideLink(image)) {
            // The page may load nothing from another host, so the reader goes there instead.
            String text = alt.isEmpty() ? say("prose.image") : alt;
            element("a", attributes("href", image.getDestination()), text);
        } else {
            html.text(alt);
        }
    }

    private void picture(WebPicture picture, String alt, @Nullable String title) {
        if (picture.sources().isEmpty()) {
            html.tag("img", imageAttributes(picture, alt, title), true);
            return;
        }
        html.tag("picture");
        for (WebPicture.Source source : picture.sources()) {
            html.tag(
                    "source",
                    attributes("type", source.type(), "srcset", source.srcset(), "sizes", SIZES),
                    true);
        }
        html.tag("img", imageAttributes(picture, alt, title), true);
        html.tag("/picture");
    }

    private Map<String, String> imageAttributes(
            WebPicture target, String alt, @Nullable String title) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("src", target.src());
        attributes.put("alt", alt);
        if (target.width() > 0 && target.height() > 0) {
            attributes.put("width", String.valueOf(target.width()));
            attributes.put("height", String.valueOf(target.height()));
        }
        if (pictured) {
            // The first may well stand on the first screen, where waiting would only cost.
            attributes.put("loading", "lazy");
        }
        pictured = true;
        return titled(title, attributes);
    }

    private static Map<String, String> titled(
            @Nullable String title, Map<String, String> attributes) {
        if (title == null || title.isBlank()) {
            return attributes;
        }
        Map<String, String> with = new LinkedHashMap<>(attributes);
        with.put("title", title);
        return with;
    }

    private static boolean insideLink(Node node) {
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof Link) {
                return true;
            }
        }
        return false;
    }

    private void math(MathText math) {
        String kind = math.display() ? "math math-display" : "math";
        element("code", attributes("class", kind), math.literal());
    }

    private void task(TaskListItemMarker marker) {
        String state = marker.isChecked() ? say("prose.done") : say("prose.toDo");
        Map<String, String> attributes =
                attributes(
                        "class",
                        marker.isChecked() ? "task task-done" : "task",
                        "role",
                        "img",
                        "aria-label",
                        state);
        element("span", attributes, marker.isChecked() ? "☑" : "☐");
        html.text(" ");
    }

    private void sideNote(SideNote note) {
        Map<String, String> attributes =
                attributes(
                        "class",
                        "sidenote",
                        "id",
                        "note-" + note.number,
                        "role",
                        "note",
                        "aria-label",
                        say("prose.noteNumber", note.number));
        box("aside", attributes, note);
    }

    private void reference(NoteReference reference) {
        html.tag("sup", attributes("class", "note-ref"));
        String label = say("prose.noteNumber", reference.number);
        String href = "#note-" + reference.number;
        element(
                "a",
                attributes("href", href, "aria-label", label),
                String.valueOf(reference.number));
        html.tag("/sup");
    }

    private void callout(Callout callout) {
        html.line();
        html.tag("div", attributes("class", "callout callout-" + callout.kind, "role", "note"));
        element("p", attributes("class", "callout-title"), callout.title);
        html.line();
        children(callout);
        html.tag("/div");
        html.line();
    }

    private void figure(Figure figure) {
        html.line();
        html.tag("figure");
        for (Node child : childrenOf(figure)) {
            if (child instanceof Image image) {
                // The title is the caption; said once is enough.
                image.setTitle("");
            }
            context.render(child);
        }
        element("figcaption", Map.of(), figure.caption);
        html.tag("/figure");
        html.line();
    }

    private void absent(Absent absent) {
        html.line();
        html.tag("figure", attributes("class", "absent"));
        element("figcaption", Map.of(), say("prose.absent", absent.words));
        html.tag("/figure");
        html.line();
    }

    private void card(VideoCard card) {
        html.line();
        html.tag("p", attributes("class", "embed"));
        html.tag("a", attributes("class", "link-card", "href", card.href));
        element("span", attributes("class", "link-card-host"), card.host);
        html.text(" ");
        element("span", attributes("class", "link-card-title"), card.title);
        html.tag("/a");
        html.tag("/p");
        html.line();
    }

    private void box(String tag, Map<String, String> attributes, Node of) {
        html.line();
        html.tag(tag, attributes);
        children(of);
        html.tag("/" + tag);
        html.line();
    }

    private void element(String tag, Map<String, String> attributes, String text) {
        html.tag(tag, attributes);
        html.text(text);
        html.tag("/" + tag);
    }

    /** In the order given: the same lesson is the same bytes at every publishing. */
    private static Map<String, String> attributes(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            attributes.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        return attributes;
    }

    private void children(Node node) {
        childrenOf(node).forEach(context::render);
    }

    private static List<Node> childrenOf(Node node) {
        List<Node> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }
}
