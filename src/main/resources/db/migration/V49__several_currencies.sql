-- Prices in several currencies ----------------------------------------------------------------------

-- The first one is what an offer costs where nobody chose another currency.
alter table offer_prices add column position int not null default 0;
grant update (position) on offer_prices to stoa_app;

-- What the course costs in other currencies: [{"amount":…,"currency":…}, …], as it is shown.
alter table course_prices add column others jsonb not null default '[]';
grant update (others) on course_prices to stoa_app;
