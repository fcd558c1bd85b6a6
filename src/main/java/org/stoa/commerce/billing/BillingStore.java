package org.stoa.commerce.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;

/** How schools stand on their invoices. */
@Repository
class BillingStore {
    private final JdbcClient jdbc;

    BillingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BillingDetails> find() {
        return jdbc.sql(
                        """
                        select name, address, tax_id, notes, automatic_tax, tax_included, tax_trouble,
                               tax_trouble_at
                          from billing_details
                         where organization_id = (select current_organization())
                        """)
                .query(BillingStore::details)
                .optional();
    }

    private static BillingDetails details(ResultSet row, int number) throws SQLException {
        var since = Rows.instant(row, "tax_trouble_at");
        return new BillingDetails(
                row.getString("name"),
                row.getString("address"),
                row.getString("tax_id"),
                row.getString("notes"),
                row.getBoolean("automatic_tax"),
                row.getBoolean("tax_included"),
                since == null
                        ? null
                        : new BillingDetails.Trouble(row.getString("tax_trouble"), since));
    }

    /** What was in the way is forgotten with it: whether it still is, the next checkout shows. */
    void set(BillingDetails details, Instant now) {
        jdbc.sql(
                        """
                        insert into billing_details
                               (organization_id, name, address, tax_id, notes, automatic_tax, tax_included,
                                changed_at)
                        values (current_organization(), :name, :address, :taxId, :notes, :automatic,
                                :included, :now)
                        on conflict (organization_id) do update
                           set name = excluded.name, address = excluded.address, tax_id = excluded.tax_id,
                               notes = excluded.notes, automatic_tax = excluded.automatic_tax,
                               tax_included = excluded.tax_included, tax_trouble = '',
                               tax_trouble_at = null, changed_at = excluded.changed_at
                        """)
                .param("name", details.name())
                .param("address", details.address())
                .param("taxId", details.taxId())
                .param("notes", details.notes())
                .param("automatic", details.automaticTax())
                .param("included", details.taxIncluded())
                .param("now", now)
                .update();
    }

    void refused(String words, Instant now) {
        jdbc.sql(
                        """
                        update billing_details
                           set tax_trouble = :words, tax_trouble_at = coalesce(tax_trouble_at, :now)
                         where organization_id = (select current_organization())
                        """)
                .param("words", words)
                .param("now", now)
                .update();
    }

    void reckoned() {
        jdbc.sql(
                        """
                        update billing_details set tax_trouble = '', tax_trouble_at = null
                         where organization_id = (select current_organization())
                           and tax_trouble_at is not null
                        """)
                .update();
    }
}
