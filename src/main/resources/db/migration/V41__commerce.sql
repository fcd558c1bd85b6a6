-- What is sold, who bought it, and what became of the money ----------------------------------------

-- What a course costs, as its page shows it; one without a row here is free.
create table course_prices (
    organization_id  uuid not null,
    course_id        uuid not null,
    amount           bigint not null check (amount > 0),
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table course_prices enable row level security;
alter table course_prices force row level security;
-- Read by key beside a course: see docs/adr/0010.
create policy read_prices on course_prices for select to stoa_app
    using (organization_id = current_organization());
create policy staff_add on course_prices for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy staff_edit on course_prices for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy staff_remove on course_prices for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update (amount, currency), delete on course_prices to stoa_app;

-- A place whose access has ended gives its seat back, and what was learned stays with it.
alter table enrollments drop constraint enrollments_status_check;
alter table enrollments add constraint enrollments_status_check
    check (status in ('active', 'withdrawn', 'lapsed'));
alter table access_grants drop constraint access_grants_source_check;
alter table access_grants add constraint access_grants_source_check
    check (source in ('free', 'purchase', 'subscription', 'seat', 'gift', 'cohort', 'hand'));
create index access_grants_reference on access_grants (organization_id, source, source_reference)
    where source not in ('free', 'cohort');

-- By whom a school is paid; one without a row here has the test checkout. The secrets are sealed.
create table payment_settings (
    organization_id        uuid not null references organizations (id),
    provider               text not null check (provider in ('test', 'stripe')),
    secret_key             bytea,
    webhook_secret         bytea,
    -- What was signed with the former one may be on its way still.
    former_webhook_secret  bytea,
    changed_at             timestamptz not null,
    changed_by             uuid references users (id),
    looked_until           timestamptz,
    primary key (organization_id)
);

-- What can be bought: courses, once or by the month or year, for a price in each of some currencies.
create table offers (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    title            text not null check (length(title) between 1 and 200),
    kind             text not null check (kind in ('once', 'subscription', 'parts')),
    -- The course whose own price this is; null where it is an offer beside it.
    course_id        uuid,
    every            text check (every in ('month', 'year')),
    trial_days       int not null default 0 check (trial_days between 0 and 730),
    parts            int check (parts between 2 and 36),
    active           boolean not null default true,
    created_at       timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id),
    check ((kind = 'once') = (every is null)),
    check ((kind = 'parts') = (parts is not null))
);
create table offer_courses (
    organization_id  uuid not null,
    offer_id         uuid not null,
    course_id        uuid not null,
    primary key (organization_id, offer_id, course_id),
    foreign key (organization_id, offer_id) references offers (organization_id, id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index offer_courses_course on offer_courses (organization_id, course_id);
create table offer_prices (
    organization_id  uuid not null,
    offer_id         uuid not null,
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    amount           bigint not null check (amount > 0),
    primary key (organization_id, offer_id, currency),
    foreign key (organization_id, offer_id) references offers (organization_id, id)
);

-- A wish to buy, and what became of it. What was bought, and for how much, is frozen with it.
create table orders (
    organization_id     uuid not null,
    id                  uuid not null,
    -- As people say it.
    code                text not null check (code ~ '^[0-9A-Z]{8,12}$'),
    user_id             uuid not null,
    offer_id            uuid not null,
    title               text not null,
    kind                text not null check (kind in ('once', 'subscription', 'parts')),
    status              text not null check (status in ('pending', 'awaiting', 'paid', 'returning',
                                                        'failed', 'expired', 'refunded', 'disputed', 'lost')),
    amount              bigint not null check (amount >= 0),
    currency            text not null check (currency ~ '^[A-Z]{3}$'),
    paid                bigint not null default 0 check (paid >= 0),
    returned            bigint not null default 0 check (returned >= 0),
    provider            text not null check (provider in ('test', 'stripe')),
    checkout_reference  text,
    checkout_url        text,
    checkout_ends_at    timestamptz,
    created_at          timestamptz not null,
    paid_at             timestamptz,
    changed_at          timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, code),
    foreign key (organization_id, user_id) references organization_memberships (organization_id, user_id),
    foreign key (organization_id, offer_id) references offers (organization_id, id)
);
-- However often somebody clicks, on however many devices: one open order for one offer.
create unique index orders_one_open on orders (organization_id, user_id, offer_id)
    where status in ('pending', 'awaiting');
create unique index orders_checkout on orders (organization_id, provider, checkout_reference);
create index orders_newest on orders (organization_id, created_at desc, id desc);
create table order_courses (
    organization_id  uuid not null,
    order_id         uuid not null,
    course_id        uuid not null,
    primary key (organization_id, order_id, course_id),
    foreign key (organization_id, order_id) references orders (organization_id, id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index order_courses_course on order_courses (organization_id, course_id);

-- Money that came in. The reference is the provider's; what it names came in once.
create table payments (
    organization_id  uuid not null,
    id               uuid not null,
    order_id         uuid not null,
    provider         text not null check (provider in ('test', 'stripe')),
    reference        text not null check (length(reference) between 1 and 255),
    amount           bigint not null check (amount > 0),
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    paid_at          timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, provider, reference),
    foreign key (organization_id, order_id) references orders (organization_id, id)
);
create index payments_order on payments (organization_id, order_id);

-- What a provider says of a payment beside its coming in, whether or not that is known here already:
-- how much of it went back so far, and whether its payer disputes it. It holds whatever comes first.
create table payment_facts (
    organization_id  uuid not null references organizations (id),
    provider         text not null check (provider in ('test', 'stripe')),
    reference        text not null check (length(reference) between 1 and 255),
    refunded         bigint not null default 0 check (refunded >= 0),
    dispute          text check (dispute in ('open', 'won', 'lost')),
    known_at         timestamptz not null,
    primary key (organization_id, provider, reference)
);

-- Money that goes back: first the wish, then what came of it.
create table refunds (
    organization_id  uuid not null,
    id               uuid not null,
    payment_id       uuid not null,
    amount           bigint not null check (amount > 0),
    reason           text not null default '' check (length(reason) <= 500),
    status           text not null check (status in ('asked', 'done', 'failed')),
    reference        text,
    asked_by         uuid,
    created_at       timestamptz not null,
    done_at          timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, payment_id) references payments (organization_id, id)
);
create unique index refunds_reference on refunds (organization_id, payment_id, reference);

-- What happened to an order, a line each, in the order in which it became known.
create table order_events (
    organization_id  uuid not null,
    id               uuid not null,
    order_id         uuid not null,
    happened_at      timestamptz not null,
    what             text not null check (length(what) between 1 and 40),
    status           text not null,
    -- Who did it; null where the provider or the clock did.
    person_id        uuid,
    detail           text not null default '' check (length(detail) <= 500),
    primary key (organization_id, id),
    foreign key (organization_id, order_id) references orders (organization_id, id)
);
create index order_events_order on order_events (organization_id, order_id, id);

-- What the test checkout knows, as a provider outside would.
create table test_checkouts (
    organization_id  uuid not null,
    order_id         uuid not null,
    state            text not null default 'open' check (state in ('open', 'awaiting', 'paid', 'expired')),
    ends_at          timestamptz not null,
    paid_at          timestamptz,
    primary key (organization_id, order_id),
    foreign key (organization_id, order_id) references orders (organization_id, id)
);

-- Who waits for a place in a course that is full.
create table waiting_list (
    organization_id  uuid not null,
    course_id        uuid not null,
    user_id          uuid not null,
    since            timestamptz not null,
    primary key (organization_id, course_id, user_id),
    foreign key (organization_id, course_id) references courses (organization_id, id),
    foreign key (organization_id, user_id) references organization_memberships (organization_id, user_id)
);

do $$
declare tab text;
begin
    foreach tab in array array['offers', 'offer_courses', 'offer_prices'] loop
        execute format('create policy read_offers on %I for select to stoa_app
                            using (organization_id = (select current_organization()))', tab);
        execute format('create policy staff_add on %I for insert to stoa_app
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
        execute format('create policy staff_edit on %I for update to stoa_app
                            using (organization_id = (select current_organization()) and (select is_staff()))
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
    end loop;
    -- What has to do with money is written by the school's office alone.
    foreach tab in array array['payment_settings', 'payments', 'payment_facts', 'refunds', 'order_events', 'order_courses',
                               'test_checkouts'] loop
        execute format('create policy admin_commerce on %I to stoa_app
                            using (organization_id = (select current_organization()) and (select is_admin()))
                            with check (organization_id = (select current_organization()) and (select is_admin()))', tab);
    end loop;
    foreach tab in array array['payment_settings', 'offers', 'offer_courses', 'offer_prices', 'orders', 'order_courses',
                               'payments', 'payment_facts', 'refunds', 'order_events', 'test_checkouts',
                               'waiting_list'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('grant select, insert on %I to stoa_app', tab);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
    end loop;
end $$;
create policy read_own_or_admin on orders for select to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_admin())));
create policy admin_add on orders for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy admin_edit on orders for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy own_or_admin on waiting_list to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_admin())))
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_admin())));
create policy staff_remove on offer_prices for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
grant update on payment_settings to stoa_app;
grant update (active) on offers to stoa_app;
grant update (amount), delete on offer_prices to stoa_app;
grant update (status, paid, returned, checkout_reference, checkout_url, checkout_ends_at, paid_at, changed_at)
    on orders to stoa_app;
grant update (refunded, dispute, known_at) on payment_facts to stoa_app;
grant update (status, reference, done_at) on refunds to stoa_app;
grant update (state, paid_at) on test_checkouts to stoa_app;
grant delete on waiting_list to stoa_app;
grant select, insert, update, delete on course_prices to stoa_service;
