package org.stoa.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that can be tried with a row, in every table that belongs to schools, by one school
 * with the rows of another, by nobody, and by one student with another's.
 */
@StoaTest
class TenantTableTest {
    /** PostgreSQL's word for what a policy or a missing grant forbids. */
    private static final String FORBIDDEN = "42501";

    private static final String NO_SUCH_PARENT = "23503";

    /** Parts of keys that are not just any text. */
    private static final Set<String> OF_A_LIST = Set.of("source", "sha256", "provider", "currency");

    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final TransactionTemplate transactions;
    private final JsonMapper json = JsonMapper.shared();
    private SampleRows ours;
    private SampleRows theirs;

    @Autowired
    TenantTableTest(JdbcClient jdbc, ServiceDatabase service, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.service = service;
        this.transactions = new TransactionTemplate(manager);
        this.ours = new SampleRows(service);
        this.theirs = new SampleRows(service);
    }

    @BeforeEach
    void everyTableHasARowOfEachSchool() {
        for (var table : tables()) {
            assertThat(rows(table, ours)).as("sample rows of " + table).isNotEmpty();
            assertThat(rows(table, theirs)).as("sample rows of " + table).isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> noSchoolTouchesARowOfAnother() {
        return tables().stream()
                .flatMap(table ->
                        attempts(table).entrySet().stream()
                                .map(attempt ->
                                        dynamicTest(
                                                table + ": " + attempt.getKey(),
                                                () ->
                                                        refused(
                                                                table,
                                                                attempt.getValue(),
                                                                callers()))));
    }

    @TestFactory
    Stream<DynamicTest> whoIsNotBoundTouchesNoRowAtAll() {
        return tables().stream()
                .flatMap(table ->
                        attempts(table).entrySet().stream()
                                .map(attempt ->
                                        dynamicTest(
                                                table + ": " + attempt.getKey(),
                                                () -> {
                                                    var nobody = new ArrayList<@Nullable Caller>();
                                                    nobody.add(null);
                                                    nobody.add(Caller.anonymous(null));
                                                    nobody.add(platformPerson());
                                                    refused(table, attempt.getValue(), nobody);
                                                    assertThat(all(table, nobody)).isZero();
                                                })));
    }

    @TestFactory
    Stream<DynamicTest> noStudentTouchesARowOfAnother() {
        return learnerTables().stream()
                .flatMap(table ->
                        attemptsByAStudent(table).entrySet().stream()
                                .map(attempt ->
                                        dynamicTest(
                                                table + ": " + attempt.getKey(),
                                                () ->
                                                        refused(
                                                                table,
                                                                attempt.getValue(),
                                                                List.of(
                                                                        student("other"),
                                                                        Caller.anonymous(
                                                                                ours.school()))))));
    }

    /** Without this, refusals could be for another reason than the other school. */
    @TestFactory
    Stream<DynamicTest> aSchoolReadsAndCopiesItsOwn() {
        return tables().stream()
                .map(table ->
                        dynamicTest(
                                table,
                                () -> {
                                    assertThat(
                                                    callers().stream()
                                                            .anyMatch(
                                                                    c -> count(table, ours, c) > 0))
                                            .isTrue();
                                    var copy =
                                            fresh(table, List.of(), rows(table, ours).getFirst());
                                    assertThat(
                                                    callers().stream()
                                                            .map(c -> tried(c, insert(table, copy)))
                                                            .toList())
                                            .as("the same row under another key")
                                            .containsAnyOf("1", "23503", "23505");
                                }));
    }

    @TestFactory
    Stream<DynamicTest> noRowRefersToARowOfAnotherSchool() {
        return references().stream()
                .map(reference ->
                        dynamicTest(
                                reference.table() + " to " + reference.parent(),
                                () -> {
                                    var row = rows(reference.table(), ours).getFirst();
                                    var across = fresh(reference.table(), reference.columns(), row);
                                    var other = rows(reference.table(), theirs).getFirst();
                                    for (var column : reference.columns()) {
                                        across.set(column, other.get(column));
                                    }
                                    var outcomes =
                                            callers().stream()
                                                    .map(c ->
                                                            tried(
                                                                    c,
                                                                    insert(
                                                                            reference.table(),
                                                                            across)))
                                                    .toList();
                                    assertThat(outcomes)
                                            .isSubsetOf(FORBIDDEN, NO_SUCH_PARENT)
                                            .contains(NO_SUCH_PARENT);
                                }));
    }

    @Test
    void thePlatformsTablesShowASchoolItsOwn() throws Exception {
        for (var caller : callers()) {
            if (caller.person() != null && caller.person().equals(theirs.id("learner"))) {
                continue;
            }
            assertThat(seen(caller, "select count(*) from organizations")).isEqualTo(1);
            assertThat(
                            seen(
                                    caller,
                                    "select count(*) from users where id = '%s'"
                                            .formatted(theirs.id("learner"))))
                    .isZero();
            for (var table : List.of("sessions", "api_tokens")) {
                assertThat(seen(caller, "select count(id) from " + table))
                        .as(table)
                        .isEqualTo(ours.id("learner").equals(caller.person()) ? 1 : 0);
            }
            for (var table : List.of("one_time_codes", "platform_admins")) {
                assertThat(tried(caller, new Sql("select * from " + table, Map.of())))
                        .isEqualTo(FORBIDDEN);
            }
            assertThat(tried(caller, new Sql("select password_hash from users", Map.of())))
                    .isEqualTo(FORBIDDEN);
            assertThat(tried(caller, new Sql("select token_hash from api_tokens", Map.of())))
                    .isEqualTo(FORBIDDEN);
        }
        assertThat(
                        tried(
                                owner(),
                                new Sql(
                                        "update organizations set id = id where id = :b",
                                        Map.of("b", theirs.id("organization")))))
                .isEqualTo(FORBIDDEN);
        assertThat(
                        tried(
                                owner(),
                                new Sql(
                                        "update users set name = 'Mine' where id = :b",
                                        Map.of("b", ours.id("learner")))))
                .isIn("0", FORBIDDEN);
    }

    @Test
    void theSearchesAnswerForTheBoundSchoolOnly() throws Exception {
        var sql = "select count(*) from search_courses('%s', 'knots', 10)";
        assertThat(seen(owner(), sql.formatted(ours.id("organization")))).isEqualTo(1);
        assertThat(seen(owner(), sql.formatted(theirs.id("organization")))).isZero();
        var lessons = "select count(*) from search_lessons('%s', 'secret', 10)";
        assertThat(seen(owner(), lessons.formatted(ours.id("organization")))).isEqualTo(1);
        assertThat(seen(owner(), lessons.formatted(theirs.id("organization")))).isZero();
    }

    private record Sql(String text, Map<String, ?> values) {}

    private record Reference(String table, String parent, List<String> columns) {}

    private Map<String, List<Sql>> attempts(String table) {
        var theirRow = rows(table, theirs).getFirst();
        var schools = Map.of("a", ours.id("organization"), "b", theirs.id("organization"));
        var key = String.join(", ", key(table));
        return Map.of(
                "read",
                List.of(
                        new Sql(
                                "select * from %s where organization_id = :b".formatted(table),
                                schools)),
                "insert",
                List.of(insert(table, theirRow), insert(table, fresh(table, List.of(), theirRow))),
                "update",
                columns(table).stream()
                        .map(column ->
                                new Sql(
                                        "update %s set %s = %s where organization_id = :b"
                                                .formatted(table, column, column),
                                        schools))
                        .toList(),
                "move to the other school",
                List.of(
                        new Sql(
                                "update %s set organization_id = :b where organization_id = :a"
                                        .formatted(table),
                                schools),
                        new Sql(
                                "update %s set organization_id = :a where organization_id = :b"
                                        .formatted(table),
                                schools)),
                "delete",
                List.of(
                        new Sql(
                                "delete from %s where organization_id = :b".formatted(table),
                                schools)),
                "upsert",
                List.of(
                        new Sql(
                                insert(table, theirRow).text() + " on conflict do nothing",
                                insert(table, theirRow).values()),
                        new Sql(
                                insert(table, theirRow).text()
                                        + " on conflict (%s) do update set organization_id ="
                                                .formatted(key)
                                        + " excluded.organization_id",
                                insert(table, theirRow).values())),
                "copy",
                List.of(
                        new Sql(
                                """
                                insert into %s select (jsonb_populate_record(t,
                                        jsonb_build_object('organization_id', cast(:a as text)))).*
                                  from %s t where organization_id = :b
                                """
                                        .formatted(table, table),
                                schools),
                        new Sql(
                                "merge into %s t using %s s on s.organization_id = :b and t.organization_id = :b when matched then do nothing"
                                        .formatted(table, table),
                                schools)));
    }

    private Map<String, List<Sql>> attemptsByAStudent(String table) {
        var row = rows(table, ours).getFirst();
        var people =
                Map.of(
                        "a", ours.id("organization"),
                        "learner", ours.id("learner"),
                        "other", ours.id("other"));
        row.put("user_id", ours.id("learner").toString());
        return Map.of(
                "read",
                List.of(
                        new Sql(
                                "select * from %s where user_id = :learner".formatted(table),
                                people)),
                "insert",
                List.of(insert(table, row), insert(table, fresh(table, List.of("user_id"), row))),
                "update",
                columns(table).stream()
                        .map(column ->
                                new Sql(
                                        "update %s set %s = %s where user_id = :learner"
                                                .formatted(table, column, column),
                                        people))
                        .toList(),
                "take over",
                List.of(
                        new Sql(
                                "update %s set user_id = :other where user_id = :learner"
                                        .formatted(table),
                                people)),
                "delete",
                List.of(
                        new Sql(
                                "delete from %s where user_id = :learner".formatted(table),
                                people)),
                "upsert",
                List.of(
                        new Sql(
                                insert(table, row).text() + " on conflict do nothing",
                                insert(table, row).values())),
                "copy",
                List.of(
                        new Sql(
                                """
                                insert into %s select (jsonb_populate_record(t,
                                        jsonb_build_object('user_id', cast(:other as text)))).*
                                  from %s t where user_id = :learner
                                """
                                        .formatted(table, table),
                                people)));
    }

    /** No statement changes or shows a row, and both schools' rows are what they were. */
    private void refused(String table, List<Sql> statements, List<? extends @Nullable Caller> as) {
        var before = List.of(rows(table, ours), rows(table, theirs));
        assertThat(statements).isNotEmpty();
        for (var statement : statements) {
            for (var caller : as) {
                assertThat(tried(caller, statement))
                        .as(statement.text() + " by " + caller)
                        .isIn("0", FORBIDDEN);
            }
        }
        assertThat(List.of(rows(table, ours), rows(table, theirs))).isEqualTo(before);
    }

    /** How many rows it touched, or the state with which PostgreSQL refused it. */
    private String tried(@Nullable Caller caller, Sql statement) {
        var work =
                (java.util.concurrent.Callable<String>)
                        () ->
                                transactions.execute(status -> {
                                    var call =
                                            jdbc.sql(statement.text()).params(statement.values());
                                    if (statement.text().startsWith("select")) {
                                        return "" + call.query().listOfRows().size();
                                    }
                                    int touched = call.update();
                                    if (touched > 0) {
                                        jdbc.sql("set constraints all immediate").update();
                                        status.setRollbackOnly();
                                    }
                                    return "" + touched;
                                });
        try {
            return caller == null ? work.call() : caller.call(work);
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException refused) {
                    return String.valueOf(refused.getSQLState());
                }
            }
            throw new IllegalStateException(statement.text(), e);
        }
    }

    private List<Caller> callers() {
        return List.of(
                Caller.office(ours.school()),
                owner(),
                Caller.member(ours.school(), ours.id("teacher"), "Teacher", Role.TEACHER),
                student("learner"),
                // One account may belong to both schools.
                Caller.member(ours.school(), theirs.id("learner"), "Learner", Role.STUDENT),
                Caller.member(ours.school(), theirs.id("owner"), "Owner", Role.OWNER),
                Caller.anonymous(ours.school()));
    }

    private Caller owner() {
        return Caller.member(ours.school(), ours.id("owner"), "Owner", Role.OWNER);
    }

    private Caller student(String which) {
        return Caller.member(ours.school(), ours.id(which), "Learner", Role.STUDENT);
    }

    private Caller platformPerson() {
        return new Caller(null, ours.id("learner"), "Learner", null, false, true, null);
    }

    private ObjectNode fresh(String table, List<String> kept, ObjectNode row) {
        var copy = row.deepCopy();
        for (var column : uniqueColumns(table)) {
            var value = copy.get(column);
            if (kept.contains(column)
                    || column.equals("organization_id")
                    || column.equals("user_id")
                    || value == null) {
                continue;
            }
            if (value.isNumber()) {
                copy.put(column, value.asInt() + 1_000);
            } else if (value.isString() && value.asString().length() == 36) {
                if (!referring(table).contains(column)) {
                    copy.put(column, UUID.randomUUID().toString());
                }
            } else if (value.isString() && !OF_A_LIST.contains(column)) {
                copy.put(column, value.asString() + "7");
            }
        }
        return copy;
    }

    private Sql insert(String table, ObjectNode row) {
        return new Sql(
                "insert into %s select * from jsonb_populate_record(cast(null as %s), cast(:row as jsonb))"
                        .formatted(table, table),
                Map.of("row", row.toString()));
    }

    private List<ObjectNode> rows(String table, SampleRows school) {
        return service.sql(
                        "select to_jsonb(t) #>> '{}' from %s t where organization_id = :id order by 1"
                                .formatted(table))
                .param("id", school.id("organization"))
                .query((row, n) -> (ObjectNode) json.readTree(row.getString(1)))
                .list();
    }

    private long count(String table, SampleRows school, Caller caller) {
        try {
            return seen(
                    caller,
                    "select count(*) from %s where organization_id = '%s'"
                            .formatted(table, school.id("organization")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long all(String table, List<? extends @Nullable Caller> callers) {
        return callers.stream()
                .mapToLong(
                        c -> Long.parseLong(tried(c, new Sql("select * from " + table, Map.of()))))
                .sum();
    }

    private long seen(Caller caller, String sql) throws Exception {
        return caller.call(() -> jdbc.sql(sql).query(Long.class).single());
    }

    private List<String> tables() {
        return names(
                """
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                   and a.attname = 'organization_id' and not a.attisdropped order by 1
                """);
    }

    private List<String> learnerTables() {
        return tables().stream().filter(table -> columns(table).contains("user_id")).toList();
    }

    private List<String> columns(String table) {
        return names(
                "select attname from pg_attribute where attrelid = '%s'::regclass and attnum > 0 and not attisdropped order by attnum"
                        .formatted(table));
    }

    private List<String> key(String table) {
        return names(
                "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indisprimary and i.indrelid = '%s'::regclass"
                        .formatted(table));
    }

    private List<String> uniqueColumns(String table) {
        return names(
                "select distinct a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indisunique and i.indrelid = '%s'::regclass"
                        .formatted(table));
    }

    private List<String> referring(String table) {
        return references().stream()
                .filter(reference -> reference.table().equals(table))
                .flatMap(reference -> reference.columns().stream())
                .toList();
    }

    private List<Reference> references() {
        var sql =
                """
                select c.relname, f.relname,
                       (select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a
                         where a.attrelid = c.oid and a.attnum = any (k.conkey)
                           and a.attname <> 'organization_id')
                  from pg_constraint k join pg_class c on c.oid = k.conrelid
                  join pg_class f on f.oid = k.confrelid
                 where k.contype = 'f' and f.relname in (%s) order by 1, 2
                """
                        .formatted("'" + String.join("','", tables()) + "'");
        return service.sql(sql)
                .query((row, n) ->
                        new Reference(
                                row.getString(1),
                                row.getString(2),
                                List.of(row.getString(3).split(","))))
                .list();
    }

    private List<String> names(String sql) {
        return service.sql(sql).query((row, n) -> row.getString(1)).list();
    }
}
