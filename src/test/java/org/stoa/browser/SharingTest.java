package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** What search engines and the people who share an address see of a school. */
class SharingTest extends BrowserTest {
    @Test
    void aCourseTellsWhatItIs() {
        var page = Jsoup.parse(get(null, "/courses/" + Halden.IOT).body());
        var course = page.select("[itemtype=https://schema.org/Course]");
        assertThat(course).hasSize(1);
        assertThat(course.select("h1[itemprop=name]").text()).isEqualTo("Getting Started with IoT");
        assertThat(course.select("[itemprop=description]").text()).isNotBlank();
        assertThat(course.select("[itemprop=provider] [itemprop=name]").attr("content"))
                .isEqualTo("Halden");
        assertThat(course.select("[itemprop=courseWorkload]").attr("content")).matches("PT.+");
        assertThat(page.select("link[rel=canonical]").attr("href"))
                .isEqualTo(halden().site() + "/courses/" + Halden.IOT);
        assertThat(page.select("meta[name=description]").attr("content")).isNotBlank();
        assertThat(page.select("meta[property=og:title]").attr("content"))
                .isEqualTo("Getting Started with IoT");
        assertThat(page.select("meta[property=og:image]").attr("content"))
                .isEqualTo(halden().site() + "/courses/" + Halden.IOT + "/card.png");
    }

    @Test
    void theCatalogIsAList() {
        var page = Jsoup.parse(get(null, "/courses").body());
        var list =
                page.select("[itemtype=https://schema.org/ItemList] > [itemprop=itemListElement]");
        assertThat(list).hasSize(6);
        assertThat(list.select("[itemprop=position]").eachAttr("content"))
                .startsWith("1", "2", "3");
        assertThat(list.select("[itemprop=url]").eachAttr("href"))
                .contains(halden().site() + "/courses/" + Halden.IOT);
        assertThat(
                        Jsoup.parse(get(null, "/courses?q=rope").body())
                                .select("meta[name=robots]")
                                .attr("content"))
                .isEqualTo("noindex");
    }

    @Test
    void theSitemapNamesEveryPublishedCourse() throws Exception {
        var robots = get(null, "/robots.txt");
        assertThat(robots.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("text/plain"));
        assertThat(robots.body())
                .contains("Disallow: /studio", "Sitemap: " + halden().site() + "/sitemap.xml");
        var sitemap = get(null, "/sitemap.xml");
        var read =
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        sitemap.body()
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(read.getDocumentElement().getNamespaceURI())
                .isEqualTo("http://www.sitemaps.org/schemas/sitemap/0.9");
        assertThat(read.getElementsByTagName("url").getLength()).isEqualTo(7);
        assertThat(sitemap.body())
                .contains("<loc>" + halden().site() + "/courses/" + Halden.IOT + "</loc>");
        assertThat(get("platform", "/sitemap.xml").body())
                .contains("<loc>" + platform() + "/</loc>");
    }

    @Test
    void theCardIsAPictureOfTheCourse() throws Exception {
        var answer = send(null, "/courses/" + Halden.IOT + "/card.png", BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        var picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(630);
        var colours = new java.util.HashSet<Integer>();
        for (int x = 0; x < 1200; x += 3) {
            for (int y = 0; y < 630; y += 3) {
                colours.add(picture.getRGB(x, y));
            }
        }
        assertThat(colours).hasSizeGreaterThan(20);
        var kept = Path.of("target/screens/card.png");
        Files.createDirectories(kept.getParent());
        Files.write(kept, answer.body());
        assertThat(send(null, "/courses/nothing/card.png", BodyHandlers.ofByteArray()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(@org.jspecify.annotations.Nullable String site, String path) {
        var answer = send(site, path, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer;
    }

    private <T> HttpResponse<T> send(
            @org.jspecify.annotations.Nullable String site,
            String path,
            HttpResponse.BodyHandler<T> as) {
        try (var http = HttpClient.newHttpClient()) {
            var host = halden().visitor.host(site == null ? halden().subdomain : null);
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Host", host)
                            .build(),
                    as);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
