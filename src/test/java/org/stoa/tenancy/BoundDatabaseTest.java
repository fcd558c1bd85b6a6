package org.stoa.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.shared.Ids;
import org.stoa.testing.StoaTest;

/** Two schools on one database: neither sees a row of the other, whatever way a statement takes. */
@StoaTest
class BoundDatabaseTest {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private Organization halden;
    private Organization harbour;

    @Autowired
    BoundDatabaseTest(
            JdbcClient jdbc, ServiceDatabase service, PlatformTransactionManager manager, Ids ids) {
        this.jdbc = jdbc;
        this.service = service;
        this.transactions = new TransactionTemplate(manager);
        this.ids = ids;
    }

    @BeforeEach
    void twoSchools() {
        halden = school("halden");
        harbour = school("harbour");
        course(halden, "pointers");
        course(harbour, "sails");
    }

    @Test
    void aStatementSeesTheRowsOfItsOwnSchoolOnly() throws Exception {
        assertThat(courses(halden)).containsExactly("pointers");
        assertThat(courses(harbour)).containsExactly("sails");
    }

    @Test
    void withoutACallerThereAreNoRowsAndNoWrites() {
        assertThat(count()).isZero();
        assertThatThrownBy(() -> insert(halden, "unbound")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void theBindingOfOneTransactionIsGoneInTheNext() throws Exception {
        Caller.office(halden).run(() -> transactions.executeWithoutResult(s -> count()));
        assertThat(count()).isZero();
        assertThat(courses(harbour)).containsExactly("sails");
    }

    @Test
    void everyStatementOfATransactionIsBound() {
        Caller.office(halden)
                .run(() ->
                        transactions.executeWithoutResult(status -> {
                            assertThat(count()).isEqualTo(1);
                            insert(halden, "types");
                            assertThat(count()).isEqualTo(2);
                            status.setRollbackOnly();
                        }));
    }

    @Test
    void aSchoolCannotWriteARowForAnother() {
        assertThatThrownBy(() -> Caller.office(halden).run(() -> insert(harbour, "smuggled")))
                .isInstanceOf(DataAccessException.class);
    }

    /** The driver treats a statement otherwise once it has prepared it on the server. */
    @Test
    void theHundredthExecutionIsBoundLikeTheFirst() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(courses(halden)).containsExactly("pointers");
            assertThat(courses(harbour)).containsExactly("sails");
            assertThat(count()).isZero();
        }
    }

    @Test
    void savepointsKeepTheBinding() {
        Caller.office(halden)
                .run(() ->
                        transactions.executeWithoutResult(status -> {
                            var savepoint = status.createSavepoint();
                            insert(halden, "types");
                            status.rollbackToSavepoint(savepoint);
                            assertThat(count()).isEqualTo(1);
                        }));
    }

    private java.util.List<String> courses(Organization school) throws Exception {
        return Caller.office(school)
                .call(() ->
                        jdbc.sql("select slug from courses order by slug")
                                .query((row, n) -> row.getString(1))
                                .list());
    }

    private long count() {
        return jdbc.sql("select count(*) from courses").query((row, n) -> row.getLong(1)).single();
    }

    private Organization school(String name) {
        var subdomain = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        var organization = new Organization(ids.next(), subdomain, name, "en", null);
        service.sql(
                        "insert into organizations (id, subdomain, name, created_at)"
                                + " values (:id, :subdomain, :name, :now)")
                .param("id", organization.id())
                .param("subdomain", subdomain)
                .param("name", name)
                .param("now", Instant.EPOCH.atOffset(java.time.ZoneOffset.UTC))
                .update();
        return organization;
    }

    private void course(Organization school, String slug) {
        Caller.office(school).run(() -> insert(school, slug));
    }

    private void insert(Organization school, String slug) {
        jdbc.sql(
                        """
                        insert into courses (organization_id, id, slug, title, created_at, updated_at)
                        values (:organization, :id, :slug, :slug, :now, :now)
                        """)
                .param("organization", school.id())
                .param("id", ids.next())
                .param("slug", slug)
                .param("now", Instant.EPOCH)
                .update();
    }
}
