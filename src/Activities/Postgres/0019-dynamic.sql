-- Dynamic management (P12): what changed for a person and what was decided about it, who was newly included in a month, and where people lived when.

create table relief.person_change (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  person_id text not null,
  case_id text,
  kind text not null check (kind in ('CategoryChange', 'Address', 'SelfCare', 'Hospital', 'Recovered', 'Income', 'Death', 'Refusal', 'Eighteen', 'SupplierChange', 'PriceChange', 'Certificate', 'Recheck')),
  origin text not null check (origin in ('Report', 'Visit', 'Check666', 'DataMatch', 'Schedule', 'Register', 'Appeal')),
  origin_id text not null,
  instance_id text not null,
  seen text not null,
  seen_on date not null,
  status text not null check (status in ('Open', 'Proposed', 'Approved', 'Applied', 'Kept', 'Passed')),
  verdict text check (verdict in ('Eligible', 'NotEligible', 'Undetermined')),
  failed_indicators integer check (failed_indicators between 0 and 6),
  decision text check (decision in ('Continue', 'Change', 'Suspend', 'Stop', 'Transfer')),
  adverse boolean not null,
  reason text,
  stop_reason text check (stop_reason in ('NotEligible', 'Recovered', 'Moved', 'Refused', 'NoNeed')),
  order_id text,
  item_code text,
  quantity bigint check (quantity > 0),
  visits integer check (visits > 0),
  account_id text,
  category text,
  until date,
  effective_on date,
  to_area_code text,
  proposed_by text,
  proposed_at timestamptz,
  heard text check (heard in ('Agrees', 'Objects', 'Silent')),
  heard_note text,
  heard_at timestamptz,
  notice_until date,
  annex_by text,
  reviewed_by text,
  reviewed_at timestamptz,
  ended_at timestamptz,
  unique (origin, origin_id),
  constraint person_change_reason check (decision is null or (reason is not null and proposed_by is not null and proposed_at is not null)),
  constraint person_change_decided check (status not in ('Proposed', 'Approved', 'Applied') or decision is not null),
  constraint person_change_stop check (decision <> 'Stop' or (adverse and stop_reason is not null)),
  constraint person_change_second check (reviewed_by is null or reviewed_by <> proposed_by),
  constraint person_change_adverse check (not adverse or status not in ('Approved', 'Applied') or (reviewed_by is not null and heard_at is not null and effective_on is not null)),
  constraint person_change_ended check ((status in ('Applied', 'Kept', 'Passed')) = (ended_at is not null))
);
create index person_change_person on relief.person_change (person_id, created_at);
create index person_change_county on relief.person_change (county_code, created_at);

-- Where a person lived, for a time; who never moved stands in the register of persons alone (E03, INV-28).
create table relief.residence (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  area_code text not null,
  valid_from date not null,
  valid_to date,
  unique (person_id, valid_from),
  constraint residence_period check (valid_to is null or valid_to >= valid_from)
);

-- A month's new entrants of a county (CZ-145, INV-23).
create table relief.entrant_list (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  month text not null,
  status text not null check (status in ('Open', 'Closed')),
  closed_at timestamptz,
  unique (county_code, month),
  constraint entrant_list_closed check ((status = 'Closed') = (closed_at is not null))
);

-- One person of the list, and what became of the contact.
create table relief.entrant (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  entrants_id text not null references relief.entrant_list (id),
  person_id text not null,
  included_on date not null,
  followed_at timestamptz,
  outcome text check (outcome in ('HasNeed', 'NoNeed', 'Unreachable', 'Gone')),
  note text,
  decided_by text,
  decided_at timestamptz,
  discovery_id text,
  unique (entrants_id, person_id),
  constraint entrant_decided check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)),
  constraint entrant_need check (outcome <> 'HasNeed' or discovery_id is not null)
);

-- From which day a plan's version holds; without it, from the beginning of its order.
alter table relief.plan_version add column valid_from date;

-- P12: what was decided stays
create function relief.person_change_kept() returns trigger language plpgsql as $$
begin
  if old.status in ('Applied', 'Kept', 'Passed') then
    raise exception 'P12: a change that has ended keeps its decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger person_change_kept before update on relief.person_change
  for each row execute function relief.person_change_kept();
create function relief.person_change_permanent() returns trigger language plpgsql as $$
begin
  raise exception 'P12: a change is never deleted' using errcode = 'check_violation';
end $$;
create trigger person_change_permanent before delete on relief.person_change
  for each row execute function relief.person_change_permanent();

-- INV-23: a month closes only when every new entrant has an outcome; who is added meanwhile waits for the list's row
create function relief.entrant_list_born() returns trigger language plpgsql as $$
begin
  if new.status = 'Closed' then
    raise exception 'INV-23: a month closes only when every new entrant has an outcome' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger entrant_list_born before insert on relief.entrant_list
  for each row execute function relief.entrant_list_born();
create function relief.entrant_list_closes() returns trigger language plpgsql as $$
begin
  if new.status = 'Closed' and exists (select 1 from relief.entrant e where e.entrants_id = new.id and e.outcome is null) then
    raise exception 'INV-23: a month closes only when every new entrant has an outcome' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger entrant_list_closes before update on relief.entrant_list
  for each row execute function relief.entrant_list_closes();
create function relief.entrant_list_stays() returns trigger language plpgsql as $$
begin
  if old.status = 'Closed' or new.month <> old.month or new.county_code <> old.county_code then
    raise exception 'INV-23: a month that has closed stays closed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger entrant_list_stays before update on relief.entrant_list
  for each row execute function relief.entrant_list_stays();
create function relief.entrant_list_permanent() returns trigger language plpgsql as $$
begin
  raise exception 'INV-23: a month that has closed stays closed' using errcode = 'check_violation';
end $$;
create trigger entrant_list_permanent before delete on relief.entrant_list
  for each row execute function relief.entrant_list_permanent();
create function relief.entrant_late() returns trigger language plpgsql as $$
begin
  perform 1 from relief.entrant_list l where l.id = new.entrants_id for update;
  if exists (select 1 from relief.entrant_list l where l.id = new.entrants_id and l.status = 'Closed') then
    raise exception 'INV-23: nobody is added to a month that has closed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger entrant_late before insert on relief.entrant
  for each row execute function relief.entrant_late();
create function relief.entrant_stays() returns trigger language plpgsql as $$
begin
  if (old.outcome is not null and new.outcome is distinct from old.outcome) or new.entrants_id <> old.entrants_id or new.person_id <> old.person_id then
    raise exception 'INV-23: the outcome of a new entrant stays, and nobody is taken from the list' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger entrant_stays before update on relief.entrant
  for each row execute function relief.entrant_stays();
create function relief.entrant_permanent() returns trigger language plpgsql as $$
begin
  raise exception 'INV-23: the outcome of a new entrant stays, and nobody is taken from the list' using errcode = 'check_violation';
end $$;
create trigger entrant_permanent before delete on relief.entrant
  for each row execute function relief.entrant_permanent();

-- INV-27: a person lives in one place at a time
create function relief.residence_overlap() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('residence:' || new.person_id));
  if exists (select 1 from relief.residence o where o.person_id = new.person_id and o.id <> new.id
    and o.valid_from <= coalesce(new.valid_to, date '9999-12-31') and coalesce(o.valid_to, date '9999-12-31') >= new.valid_from) then
    raise exception 'INV-27: periods of one residence overlap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger residence_overlap before insert or update on relief.residence
  for each row execute function relief.residence_overlap();
