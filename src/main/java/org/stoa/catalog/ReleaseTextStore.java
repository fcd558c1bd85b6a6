package org.stoa.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.media.MediaFile;
import tools.jackson.databind.json.JsonMapper;

/** Releases in the words of their authors, out of the versions that are kept of every text. */
@Repository
class ReleaseTextStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReleaseTextStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param markdown null where the text was not kept
     * @param module in which it stood, with its key; null where that is not known
     */
    private record Text(
            String key,
            @Nullable String markdown,
            @Nullable UUID module,
            @Nullable String moduleKey) {}

    /** The draft as it was when it was published; empty where one of its texts was not kept. */
    Optional<Draft> written(Draft draft, Release release) {
        var texts = texts(draft.courseId(), release.id());
        var modules = new ArrayList<Draft.Module>();
        for (var module : release.modules()) {
            var lessons = new ArrayList<Draft.Lesson>();
            for (var lesson : module.lessons()) {
                var text = texts.get(lesson.id());
                if (text == null || text.markdown() == null) {
                    return Optional.empty();
                }
                lessons.add(lesson(lesson, text.key(), text.markdown()));
            }
            var first = texts.get(module.lessons().getFirst().id());
            modules.add(module(modules.size(), module.title(), first, lessons));
        }
        return Optional.of(with(draft, release, modules));
    }

    private static Draft.Lesson lesson(ReleaseLesson lesson, String key, String markdown) {
        return new Draft.Lesson(
                lesson.id(),
                lesson.slug(),
                lesson.title(),
                lesson.minutes(),
                markdown,
                key,
                false,
                lesson.rules());
    }

    private static Draft.Module module(
            int place, String title, @Nullable Text first, List<Draft.Lesson> lessons) {
        return first == null || first.module() == null || first.moduleKey() == null
                ? new Draft.Module(new UUID(0, place), title, "released/" + place, lessons)
                : new Draft.Module(first.module(), title, first.moduleKey(), lessons);
    }

    private Draft with(Draft draft, Release release, List<Draft.Module> modules) {
        var says = release.document();
        var picture = says.cover();
        var files = files(draft.courseId(), release, picture == null ? "" : picture.src());
        var cover =
                files.stream()
                        .filter(it -> picture != null && picture.src().contains(it.sha256()))
                        .map(Draft.File::path)
                        .findFirst();
        return new Draft(
                draft.courseId(),
                draft.slug(),
                says.title(),
                says.summary(),
                says.category(),
                says.tags(),
                says.level(),
                says.language(),
                says.outcomes(),
                says.audience(),
                says.teachers(),
                draft.sourceKey(),
                draft.createdBy(),
                release.id(),
                release.publishedAt(),
                modules,
                files,
                cover.orElse(""));
    }

    private Map<UUID, Text> texts(UUID course, UUID release) {
        var texts = new HashMap<UUID, Text>();
        jdbc.sql(
                        """
                        select l.id, l.source_key, m.id as module, m.source_key as module_key,
                               case when rl.lesson_version = l.version then l.markdown
                                    else v.markdown end as markdown
                          from release_lessons rl
                          join lessons l
                            on l.organization_id = rl.organization_id and l.id = rl.lesson_id
                          left join lesson_versions v
                            on v.organization_id = rl.organization_id and v.lesson_id = l.id
                           and v.version = rl.lesson_version
                          left join modules m
                            on m.organization_id = rl.organization_id and m.id = rl.module_id
                         where rl.organization_id = (select current_organization())
                           and rl.release_id = :release and l.course_id = :course
                        """)
                .param("release", release)
                .param("course", course)
                .query(row -> {
                    texts.put(
                            row.getObject("id", UUID.class),
                            new Text(
                                    row.getString("source_key"),
                                    row.getString("markdown"),
                                    row.getObject("module", UUID.class),
                                    row.getString("module_key")));
                });
        return texts;
    }

    /**
     * The files that it shows, under the paths they had then: of several under one path, that which
     * stood there on the day.
     */
    private List<Draft.File> files(UUID course, Release release, String cover) {
        Instant then = release.publishedAt();
        return jdbc.sql(
                        """
                        with shown as (
                            select distinct found.sha256[1] as sha256
                              from release_lessons rl
                             cross join lateral regexp_matches(
                                       rl.html, '/media/([0-9a-f]{64})/', 'g') as found (sha256)
                             where rl.organization_id = (select current_organization())
                               and rl.release_id = :release
                            union
                            select substring(cast(:cover as text) from '/media/([0-9a-f]{64})/')
                        )
                        select distinct on (f.path) f.path,
                               json_build_object(
                                   'sha256', f.sha256, 'size', f.size,
                                   'mediaType', coalesce(i.media_type, f.media_type),
                                   'width', coalesce(i.width, 0), 'height', coalesce(i.height, 0),
                                   'moving', coalesce(i.moving, false),
                                   'released', coalesce(i.released, false)) as media
                          from shown s
                          join course_files f
                            on f.organization_id = (select current_organization())
                           and f.course_id = :course and f.sha256 = s.sha256
                          left join media_files i
                            on i.organization_id = f.organization_id and i.sha256 = f.sha256
                         order by f.path, (f.deleted_at is null or f.deleted_at > :at) desc,
                               f.deleted_at nulls last
                        """)
                .param("release", release.id())
                .param("course", course)
                .param("cover", cover)
                .param("at", then)
                .query((row, number) ->
                        new Draft.File(
                                row.getString("path"),
                                json.readValue(row.getString("media"), MediaFile.class)))
                .list();
    }
}
