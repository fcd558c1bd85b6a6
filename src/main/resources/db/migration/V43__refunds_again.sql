-- A refund that was refused and asked for anew -------------------------------------------------------

alter table refunds drop constraint refunds_status_check;
alter table refunds add constraint refunds_status_check
    check (status in ('asked', 'done', 'failed', 'again'));
create index refunds_failed on refunds (organization_id, payment_id) where status = 'failed';
