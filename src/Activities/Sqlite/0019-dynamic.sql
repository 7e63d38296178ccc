-- Dynamic management (P12): what changed for a person and what was decided about it, who was newly included in a month, and where people lived when.

create table relief_person_change (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  person_id text not null,
  case_id text,
  kind text not null check (kind in ('CategoryChange', 'Address', 'SelfCare', 'Hospital', 'Recovered', 'Income', 'Death', 'Refusal', 'Eighteen', 'SupplierChange', 'PriceChange', 'Certificate', 'Recheck')),
  origin text not null check (origin in ('Report', 'Visit', 'Check666', 'DataMatch', 'Schedule', 'Register', 'Appeal')),
  origin_id text not null,
  instance_id text not null,
  seen text not null,
  seen_on text not null,
  status text not null check (status in ('Open', 'Proposed', 'Approved', 'Applied', 'Kept', 'Passed')),
  verdict text check (verdict in ('Eligible', 'NotEligible', 'Undetermined')),
  failed_indicators integer check (failed_indicators between 0 and 6),
  decision text check (decision in ('Continue', 'Change', 'Suspend', 'Stop', 'Transfer')),
  adverse integer not null check (adverse in (0, 1)),
  reason text,
  stop_reason text check (stop_reason in ('NotEligible', 'Recovered', 'Moved', 'Refused', 'NoNeed')),
  order_id text,
  item_code text,
  quantity integer check (quantity > 0),
  visits integer check (visits > 0),
  account_id text,
  category text,
  until text,
  effective_on text,
  to_area_code text,
  proposed_by text,
  proposed_at integer,
  heard text check (heard in ('Agrees', 'Objects', 'Silent')),
  heard_note text,
  heard_at integer,
  notice_until text,
  annex_by text,
  reviewed_by text,
  reviewed_at integer,
  ended_at integer,
  unique (origin, origin_id),
  constraint person_change_reason check (decision is null or (reason is not null and proposed_by is not null and proposed_at is not null)),
  constraint person_change_decided check (status not in ('Proposed', 'Approved', 'Applied') or decision is not null),
  constraint person_change_stop check (decision <> 'Stop' or (adverse = 1 and stop_reason is not null)),
  constraint person_change_second check (reviewed_by is null or reviewed_by <> proposed_by),
  constraint person_change_adverse check (adverse = 0 or status not in ('Approved', 'Applied') or (reviewed_by is not null and heard_at is not null and effective_on is not null)),
  constraint person_change_ended check ((status in ('Applied', 'Kept', 'Passed')) = (ended_at is not null))
);
create index relief_person_change_person on relief_person_change (person_id, created_at);
create index relief_person_change_county on relief_person_change (county_code, created_at);

-- Where a person lived, for a time; who never moved stands in the register of persons alone (E03, INV-28).
create table relief_residence (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null,
  area_code text not null,
  valid_from text not null,
  valid_to text,
  unique (person_id, valid_from),
  constraint residence_period check (valid_to is null or valid_to >= valid_from)
);

-- A month's new entrants of a county (CZ-145, INV-23).
create table relief_entrant_list (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  month text not null,
  status text not null check (status in ('Open', 'Closed')),
  closed_at integer,
  unique (county_code, month),
  constraint entrant_list_closed check ((status = 'Closed') = (closed_at is not null))
);

-- One person of the list, and what became of the contact.
create table relief_entrant (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  entrants_id text not null references relief_entrant_list (id),
  person_id text not null,
  included_on text not null,
  followed_at integer,
  outcome text check (outcome in ('HasNeed', 'NoNeed', 'Unreachable', 'Gone')),
  note text,
  decided_by text,
  decided_at integer,
  discovery_id text,
  unique (entrants_id, person_id),
  constraint entrant_decided check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)),
  constraint entrant_need check (outcome <> 'HasNeed' or discovery_id is not null)
);

-- From which day a plan's version holds; without it, from the beginning of its order.
alter table relief_plan_version add column valid_from text;

-- P12: what was decided stays
create trigger relief_person_change_kept before update on relief_person_change
when old.status in ('Applied', 'Kept', 'Passed')
begin
  select raise(abort, 'P12: a change that has ended keeps its decision');
end;
create trigger relief_person_change_permanent before delete on relief_person_change
begin
  select raise(abort, 'P12: a change is never deleted');
end;

-- INV-23: a month closes only when every new entrant has an outcome
create trigger relief_entrant_list_born before insert on relief_entrant_list
when new.status = 'Closed'
begin
  select raise(abort, 'INV-23: a month closes only when every new entrant has an outcome');
end;
create trigger relief_entrant_list_closes before update on relief_entrant_list
when new.status = 'Closed' and exists (select 1 from relief_entrant e where e.entrants_id = new.id and e.outcome is null)
begin
  select raise(abort, 'INV-23: a month closes only when every new entrant has an outcome');
end;
create trigger relief_entrant_list_stays before update on relief_entrant_list
when old.status = 'Closed' or new.month <> old.month or new.county_code <> old.county_code
begin
  select raise(abort, 'INV-23: a month that has closed stays closed');
end;
create trigger relief_entrant_list_permanent before delete on relief_entrant_list
begin
  select raise(abort, 'INV-23: a month that has closed stays closed');
end;
create trigger relief_entrant_late before insert on relief_entrant
when exists (select 1 from relief_entrant_list l where l.id = new.entrants_id and l.status = 'Closed')
begin
  select raise(abort, 'INV-23: nobody is added to a month that has closed');
end;
create trigger relief_entrant_stays before update on relief_entrant
when (old.outcome is not null and new.outcome is not old.outcome) or new.entrants_id <> old.entrants_id or new.person_id <> old.person_id
begin
  select raise(abort, 'INV-23: the outcome of a new entrant stays, and nobody is taken from the list');
end;
create trigger relief_entrant_permanent before delete on relief_entrant
begin
  select raise(abort, 'INV-23: the outcome of a new entrant stays, and nobody is taken from the list');
end;

-- INV-27: a person lives in one place at a time
create trigger relief_residence_overlap_insert before insert on relief_residence
when exists (select 1 from relief_residence o where o.person_id = new.person_id and o.id <> new.id
    and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one residence overlap');
end;
create trigger relief_residence_overlap_update before update on relief_residence
when exists (select 1 from relief_residence o where o.person_id = new.person_id and o.id <> new.id
    and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one residence overlap');
end;
