-- What calls for help leaves before everything else, however much of that there is.
alter table outbox add column urgent integer not null default 0;
create index outbox_urgent on outbox (next_at, number) where state = 0 and kind in (1, 2) and urgent = 1;
