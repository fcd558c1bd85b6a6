-- Offers beside a course's own price, and what is bought with them -----------------------------------

-- What was agreed on is frozen in the order: for whom, how many, how it is paid, and what was taken off.
alter table orders
    add column buys        text not null default 'own' check (buys in ('own', 'seats', 'gift')),
    add column quantity    int not null default 1 check (quantity between 1 and 1000),
    add column discount    bigint not null default 0 check (discount >= 0),
    add column tax         bigint not null default 0 check (tax >= 0),
    add column coupon_id   uuid,
    add column every       text check (every in ('month', 'year')),
    add column trial_days  int not null default 0 check (trial_days between 0 and 730),
    add column parts       int check (parts between 2 and 36);
-- One open order for one offer, for oneself, for a team, or for somebody else.
drop index orders_one_open;
create unique index orders_one_open on orders (organization_id, user_id, offer_id)
    where status in ('pending', 'awaiting') and buys = 'own';
create unique index orders_one_open_for_a_team on orders (organization_id, user_id, offer_id)
    where status in ('pending', 'awaiting') and buys = 'seats';
create unique index orders_one_open_gift on orders (organization_id, user_id, offer_id)
    where status in ('pending', 'awaiting') and buys = 'gift';

alter table offers
    add column lede      text not null default '' check (length(lede) <= 2000),
    -- Sold to whoever buys for others, too: seats for a team, or one as a gift.
    add column teams     boolean not null default false,
    add column gifts     boolean not null default false,
    add column position  int not null default 0;
grant update (title, lede, teams, gifts, position) on offers to stoa_app;
grant delete on offer_courses to stoa_app;
create policy staff_remove on offer_courses for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));

-- What is taken off a price, for whoever knows its code.
create table coupons (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    -- In capitals.
    code             text not null check (code ~ '^[0-9A-Z_-]{3,40}$'),
    percent          int check (percent between 1 and 100),
    amount           bigint check (amount > 0),
    currency         text check (currency ~ '^[A-Z]{3}$'),
    -- For one offer alone; null for all of the school's.
    offer_id         uuid,
    starts_at        timestamptz,
    ends_at          timestamptz,
    most_uses        int check (most_uses > 0),
    once_a_person    boolean not null default true,
    active           boolean not null default true,
    created_at       timestamptz not null,
    created_by       uuid references users (id),
    primary key (organization_id, id),
    unique (organization_id, code),
    foreign key (organization_id, offer_id) references offers (organization_id, id),
    check ((percent is null) <> (amount is null)),
    check ((amount is null) = (currency is null)),
    check (ends_at is null or starts_at is null or ends_at > starts_at)
);
alter table orders add foreign key (organization_id, coupon_id) references coupons (organization_id, id);
create index orders_coupon on orders (organization_id, coupon_id) where coupon_id is not null;

-- What is paid again and again for an order, as its provider tells it. Its id is the order's.
create table subscriptions (
    organization_id   uuid not null,
    order_id          uuid not null,
    provider          text not null check (provider in ('test', 'stripe')),
    reference         text not null check (length(reference) between 1 and 255),
    customer          text not null default '' check (length(customer) <= 255),
    status            text not null check (status in ('trialing', 'active', 'past-due', 'ended')),
    -- What is paid for ends then; access does a grace period later.
    paid_until        timestamptz not null,
    -- It is not renewed any more then.
    cancels_at        timestamptz,
    -- Payments that are still to come, where it is paid in parts.
    parts_left        int check (parts_left >= 0),
    failed_at         timestamptz,
    reminded_at       timestamptz,
    -- When the provider said so: older news change nothing.
    told_at           timestamptz not null,
    changed_at        timestamptz not null,
    primary key (organization_id, order_id),
    unique (organization_id, provider, reference),
    foreign key (organization_id, order_id) references orders (organization_id, id)
);
create index subscriptions_due on subscriptions (organization_id, paid_until) where status <> 'ended';

-- Seats that somebody bought for a team: one each, whose it is now, and who was invited to it.
create table team_seats (
    organization_id  uuid not null,
    id               uuid not null,
    order_id         uuid not null,
    email            text check (length(email) between 3 and 320),
    token_hash       text,
    user_id          uuid,
    invited_at       timestamptz,
    taken_at         timestamptz,
    ended_at         timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, order_id) references orders (organization_id, id),
    foreign key (organization_id, user_id) references organization_memberships (organization_id, user_id)
);
create index team_seats_order on team_seats (organization_id, order_id);
create unique index team_seats_token on team_seats (organization_id, token_hash);
create unique index team_seats_person on team_seats (organization_id, order_id, user_id) where ended_at is null;

-- What somebody bought for somebody else, who takes it with a link.
create table gifts (
    organization_id  uuid not null,
    -- The order's, so that there is one for each.
    id               uuid not null,
    order_id         uuid not null,
    email            text not null check (length(email) between 3 and 320),
    words            text not null default '' check (length(words) <= 2000),
    token_hash       text,
    sent_at          timestamptz,
    user_id          uuid,
    taken_at         timestamptz,
    ended_at         timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, order_id) references orders (organization_id, id),
    foreign key (organization_id, user_id) references organization_memberships (organization_id, user_id)
);
create index gifts_order on gifts (organization_id, order_id);
create unique index gifts_token on gifts (organization_id, token_hash);

-- Whose turn it is when a place becomes free: it is held for them until then.
alter table waiting_list
    add column offered_at  timestamptz,
    add column held_until  timestamptz;
create index waiting_list_since on waiting_list (organization_id, course_id, since);
create policy own_or_admin_offered on waiting_list for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant update (offered_at, held_until) on waiting_list to stoa_app;

-- How the school stands on its invoices, and whether tax is reckoned by the provider.
create table billing_details (
    organization_id  uuid not null references organizations (id),
    name             text not null default '' check (length(name) <= 200),
    address          text not null default '' check (length(address) <= 1000),
    tax_id           text not null default '' check (length(tax_id) <= 60),
    notes            text not null default '' check (length(notes) <= 1000),
    automatic_tax    boolean not null default false,
    changed_at       timestamptz not null,
    primary key (organization_id)
);

do $$
declare tab text;
begin
    foreach tab in array array['coupons', 'subscriptions', 'billing_details'] loop
        execute format('create policy admin_commerce on %I to stoa_app
                            using (organization_id = (select current_organization()) and (select is_admin()))
                            with check (organization_id = (select current_organization()) and (select is_admin()))', tab);
    end loop;
    foreach tab in array array['team_seats', 'gifts'] loop
        execute format('create policy read_own_or_admin on %I for select to stoa_app
                            using (organization_id = (select current_organization())
                                   and (user_id = (select current_person()) or (select is_admin())))', tab);
        execute format('create policy admin_add on %I for insert to stoa_app
                            with check (organization_id = (select current_organization()) and (select is_admin()))', tab);
        execute format('create policy admin_edit on %I for update to stoa_app
                            using (organization_id = (select current_organization()) and (select is_admin()))
                            with check (organization_id = (select current_organization()) and (select is_admin()))', tab);
    end loop;
    foreach tab in array array['coupons', 'subscriptions', 'team_seats', 'gifts', 'billing_details'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
        execute format('grant select, insert on %I to stoa_app', tab);
    end loop;
end $$;
grant update (offer_id, starts_at, ends_at, most_uses, once_a_person, active) on coupons to stoa_app;
grant update (status, paid_until, cancels_at, parts_left, failed_at, reminded_at, told_at, changed_at)
    on subscriptions to stoa_app;
grant update (email, token_hash, user_id, invited_at, taken_at, ended_at) on team_seats to stoa_app;
grant update (email, token_hash, sent_at, user_id, taken_at, ended_at) on gifts to stoa_app;
grant update (name, address, tax_id, notes, automatic_tax, changed_at) on billing_details to stoa_app;
grant update (tax) on orders to stoa_app;
