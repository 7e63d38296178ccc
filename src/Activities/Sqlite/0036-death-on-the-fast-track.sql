-- Who dies on the fast track leaves the county's board (E02, P29). SQLite changes a check only with its table; needs name their emergency again when it is back.

create table relief_need_emergency as select id, emergency_id from relief_need_item where emergency_id is not null;
update relief_need_item set emergency_id = null where emergency_id is not null;

create table relief_emergency_new (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  person_id text not null references relief_person (id),
  origin text not null check (origin in ('Application', 'Doorbell', 'Hotline', 'Request')),
  origin_id text not null,
  status text not null check (status in ('Open', 'Ended')),
  case_id text references relief_case_file (id),
  item_code text,
  quantity integer check (quantity > 0),
  days integer check (days between 1 and 30),
  amount integer check (amount > 0),
  purpose text,
  consent text,
  proposed_by text,
  proposed_at integer,
  channel text check (channel in ('App', 'Phone')),
  approved_by text,
  approved_at integer,
  recorded_by text,
  call_ref text,
  dispatch_due integer,
  regularise_due integer,
  first_day text,
  last_day text,
  order_id text references relief_service_order (id),
  dispatched_at integer,
  missed_at integer,
  outcome text check (outcome in ('NotNeeded', 'Refused', 'HandedOver', 'Charity', 'NotServed', 'Regularised', 'NotEligible', 'PersonDied')),
  reason text,
  ended_at integer,
  unique (origin, origin_id),
  constraint emergency_ended check ((status = 'Ended') = (outcome is not null) and (status = 'Ended') = (ended_at is not null)),
  constraint emergency_four_eyes check (approved_by is null or (approved_by <> proposed_by and recorded_by <> proposed_by)),
  constraint emergency_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null or (proposed_by is not null and recorded_by is not null and channel is not null and dispatch_due is not null and regularise_due is not null))),
  constraint emergency_call check (channel <> 'Phone' or call_ref is not null),
  constraint emergency_service check (approved_by is null or (case_id is not null and item_code is not null and quantity is not null and days is not null and amount is not null and consent is not null)),
  constraint emergency_order check (order_id is null or (approved_by is not null and first_day is not null and last_day >= first_day and julianday(last_day) - julianday(first_day) < 30)),
  constraint emergency_regularised check (outcome is null or outcome not in ('Regularised', 'NotEligible') or dispatched_at is not null)
);
insert into relief_emergency_new (id, county_code, created_at, created_by, area_code, person_id, origin, origin_id, status, case_id, item_code, quantity, days, amount, purpose, consent, proposed_by, proposed_at, channel, approved_by, approved_at, recorded_by, call_ref, dispatch_due, regularise_due, first_day, last_day, order_id, dispatched_at, missed_at, outcome, reason, ended_at)
select id, county_code, created_at, created_by, area_code, person_id, origin, origin_id, status, case_id, item_code, quantity, days, amount, purpose, consent, proposed_by, proposed_at, channel, approved_by, approved_at, recorded_by, call_ref, dispatch_due, regularise_due, first_day, last_day, order_id, dispatched_at, missed_at, outcome, reason, ended_at
from relief_emergency;
drop table relief_emergency;
alter table relief_emergency_new rename to relief_emergency;

create unique index relief_emergency_open on relief_emergency (person_id) where status = 'Open';
create index relief_emergency_county on relief_emergency (county_code, created_at);
create index relief_emergency_case on relief_emergency (case_id);
create index relief_emergency_order on relief_emergency (order_id);

create trigger relief_emergency_kept before update on relief_emergency when old.status = 'Ended'
begin
  select raise(abort, 'an emergency that has ended is not changed');
end;

-- What was approved stays as it was approved.
create trigger relief_emergency_approval_kept before update on relief_emergency
when old.approved_by is not null and (new.approved_by is not old.approved_by or new.approved_at is not old.approved_at or new.recorded_by is not old.recorded_by or new.channel is not old.channel
  or new.proposed_by is not old.proposed_by or new.item_code is not old.item_code or new.quantity is not old.quantity or new.days is not old.days or new.amount is not old.amount)
begin
  select raise(abort, 'what was approved of an emergency is not changed');
end;

create trigger relief_emergency_permanent before delete on relief_emergency
begin
  select raise(abort, 'an emergency is never deleted');
end;

update relief_need_item set emergency_id = (select kept.emergency_id from relief_need_emergency kept where kept.id = relief_need_item.id)
where id in (select id from relief_need_emergency);
drop table relief_need_emergency;
