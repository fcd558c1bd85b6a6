-- Tax, as the provider reckons it, and invoices -------------------------------------------------------

alter table billing_details
    -- Prices hold the tax already; otherwise it comes on top of them.
    add column tax_included   boolean not null default true,
    -- Why the provider last refused to reckon tax; empty since it did.
    add column tax_trouble    text not null default '' check (length(tax_trouble) <= 1000),
    add column tax_trouble_at timestamptz;
grant update (tax_included, tax_trouble, tax_trouble_at) on billing_details to stoa_app;

-- How tax was to be reckoned when the order was made, and what of each payment was tax.
alter table orders
    add column tax_terms  text not null default 'none' check (tax_terms in ('none', 'included', 'on-top'));
alter table payments
    add column tax  bigint not null default 0 check (tax >= 0 and tax <= amount);

-- The last number of each series of a school's invoices, under whose lock the next one is given.
create table invoice_numbers (
    organization_id  uuid not null references organizations (id),
    -- Of orders in which no money moved.
    test             boolean not null,
    last             bigint not null check (last > 0),
    primary key (organization_id, test)
);

-- An invoice for a payment, as it was when it was issued. Nothing in it changes any more.
create table invoices (
    organization_id  uuid not null,
    id               uuid not null,
    payment_id       uuid not null,
    -- That of the payment.
    order_id         uuid not null,
    user_id          uuid not null,
    test             boolean not null,
    number           bigint not null check (number > 0),
    issued_at        timestamptz not null,
    -- The school, and what it adds at the foot.
    seller           text not null check (length(seller) between 1 and 200),
    seller_address   text not null check (length(seller_address) between 1 and 1000),
    seller_tax_id    text not null default '' check (length(seller_tax_id) <= 60),
    notes            text not null default '' check (length(notes) <= 1000),
    -- Whom it is for.
    buyer            text not null check (length(buyer) between 1 and 200),
    buyer_address    text not null default '' check (length(buyer_address) <= 1000),
    buyer_tax_id     text not null default '' check (length(buyer_tax_id) <= 60),
    -- What was bought; sums in minor units.
    title            text not null,
    quantity         int not null check (quantity > 0),
    discount         bigint not null check (discount >= 0),
    coupon           text,
    amount           bigint not null check (amount > 0),
    tax              bigint not null check (tax >= 0 and tax <= amount),
    tax_terms        text not null check (tax_terms in ('none', 'included', 'on-top')),
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    paid_at          timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, payment_id),
    unique (organization_id, test, number),
    foreign key (organization_id, payment_id) references payments (organization_id, id)
);
create index invoices_order on invoices (organization_id, order_id);

create policy admin_commerce on invoice_numbers to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy read_own_or_admin on invoices for select to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_admin())));
create policy admin_add on invoices for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_admin()));
do $$
declare tab text;
begin
    foreach tab in array array['invoice_numbers', 'invoices'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
        execute format('grant select, insert on %I to stoa_app', tab);
    end loop;
end $$;
grant update (last) on invoice_numbers to stoa_app;
