-- The emergency fast track (急难快速通道, P29): a small service at once, approved by somebody else, regularised afterwards.

create table relief.emergency (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  person_id text not null references relief.person (id),
  origin text not null check (origin in ('Application', 'Doorbell', 'Hotline', 'Request')),
  origin_id text not null,
  status text not null check (status in ('Open', 'Ended')),
  case_id text references relief.case_file (id),
  item_code text,
  quantity bigint check (quantity > 0),
  days integer check (days between 1 and 30),
  amount bigint check (amount > 0),
  purpose text,
  consent text,
  proposed_by text,
  proposed_at timestamptz,
  channel text check (channel in ('App', 'Phone')),
  approved_by text,
  approved_at timestamptz,
  recorded_by text,
  call_ref text,
  dispatch_due timestamptz,
  regularise_due timestamptz,
  first_day date,
  last_day date,
  order_id text references relief.service_order (id),
  dispatched_at timestamptz,
  missed_at timestamptz,
  outcome text check (outcome in ('NotNeeded', 'Refused', 'HandedOver', 'Charity', 'NotServed', 'Regularised', 'NotEligible')),
  reason text,
  ended_at timestamptz,
  unique (origin, origin_id),
  constraint emergency_ended check ((status = 'Ended') = (outcome is not null) and (status = 'Ended') = (ended_at is not null)),
  constraint emergency_four_eyes check (approved_by is null or (approved_by <> proposed_by and recorded_by <> proposed_by)),
  constraint emergency_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null or (proposed_by is not null and recorded_by is not null and channel is not null and dispatch_due is not null and regularise_due is not null))),
  constraint emergency_call check (channel <> 'Phone' or call_ref is not null),
  constraint emergency_service check (approved_by is null or (case_id is not null and item_code is not null and quantity is not null and days is not null and amount is not null and consent is not null)),
  constraint emergency_order check (order_id is null or (approved_by is not null and first_day is not null and last_day >= first_day and last_day - first_day < 30)),
  constraint emergency_regularised check (outcome is null or outcome not in ('Regularised', 'NotEligible') or dispatched_at is not null)
);
create unique index emergency_open on relief.emergency (person_id) where status = 'Open';
create index emergency_county on relief.emergency (county_code, created_at);
create index emergency_case on relief.emergency (case_id);
create index emergency_order on relief.emergency (order_id);

create function relief.emergency_kept() returns trigger language plpgsql as $$
begin
  raise exception 'an emergency that has ended is not changed, nor what was approved of it, and none is deleted' using errcode = 'check_violation';
end $$;
create trigger emergency_kept before update on relief.emergency for each row when (old.status = 'Ended') execute function relief.emergency_kept();
create trigger emergency_permanent before delete on relief.emergency for each row execute function relief.emergency_kept();

-- What was approved stays as it was approved.
create trigger emergency_approval_kept before update on relief.emergency for each row
when (old.approved_by is not null and (new.approved_by, new.approved_at, new.recorded_by, new.channel, new.proposed_by, new.item_code, new.quantity, new.days, new.amount)
  is distinct from (old.approved_by, old.approved_at, old.recorded_by, old.channel, old.proposed_by, old.item_code, old.quantity, old.days, old.amount))
execute function relief.emergency_kept();

-- A need that the fast track answers is no need that was decided about.
alter table relief.need_item add column emergency_id text references relief.emergency (id);
