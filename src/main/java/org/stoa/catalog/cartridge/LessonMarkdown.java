package org.stoa.catalog.cartridge;

import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.markdown.MarkdownNodeRendererContext;
import org.commonmark.renderer.markdown.MarkdownNodeRendererFactory;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.stoa.catalog.source.Finding;

/** A lesson's text as Markdown; words that only look like Markdown are escaped. */
final class LessonMarkdown {
    private static final MarkdownRenderer RENDERER =
            MarkdownRenderer.builder()
                    .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
                    .nodeRendererFactory(new Formulas())
                    .build();

    private LessonMarkdown() {}

    static String of(Material material, CartridgeLinks links, List<Finding> report) {
        Document document = new Document();
        new HtmlBlocks(new HtmlInlines(material, links, report)).blocks(material.body(), document);
        return RENDERER.render(document).strip().replace("\0", "\uFFFD");
    }

    /** In Stoa's Markdown a dollar begins a formula and a caret a note. */
    private static final class Formulas implements MarkdownNodeRendererFactory {
        @Override
        public NodeRenderer create(MarkdownNodeRendererContext context) {
            return new NodeRenderer() {
                @Override
                public Set<Class<? extends Node>> getNodeTypes() {
                    return Set.of();
                }

                @Override
                public void render(Node node) {
                    throw new IllegalStateException("Renders no node: " + node);
                }
            };
        }

        @Override
        public Set<Character> getSpecialCharacters() {
            return Set.of('$', '^', '~', '+');
        }
    }
}
