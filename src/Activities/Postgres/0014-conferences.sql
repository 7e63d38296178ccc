-- Case conferences (P16): who was invited, what each unit can do, how each voted, and what came of it, followed to its end.

create table relief.conference (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text,
  situation text not null check (situation in ('NoPolicyFits', 'SeveralDepartments', 'SuddenExpense', 'SupplierDeadlock', 'PolicyConflict', 'Systemic')),
  asked_because text not null,
  level text not null check (level in ('Town', 'District', 'City')),
  rule text not null check (rule in ('Majority', 'Unanimous')),
  urgent boolean not null,
  status text not null check (status in ('Asked', 'Refused', 'Admitted', 'Passed', 'Failed', 'Closed')),
  convening integer not null,
  since_convening integer not null,
  round integer not null,
  reason text,
  decided_by text,
  decided_at timestamptz,
  minutes_hash text,
  precedent text,
  closed_at timestamptz,
  constraint conference_decided check ((decided_at is null) = (decided_by is null)),
  constraint conference_passed check (status <> 'Passed' or decided_at is not null),
  constraint conference_closed check (status <> 'Closed' or closed_at is not null)
);
create index conference_county on relief.conference (county_code, created_at);
create index conference_case on relief.conference (case_id);

-- A unit that is invited at a level.
create table relief.conference_unit (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  conference_id text not null references relief.conference (id),
  level text not null check (level in ('Town', 'District', 'City')),
  unit_code text not null,
  unique (conference_id, level, unit_code)
);

-- What a unit says at one convening: whether it is there, what its policy allows, and up to how much.
create table relief.conference_opinion (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  conference_id text not null references relief.conference (id),
  convening integer not null,
  unit_code text not null,
  present boolean not null,
  conflict boolean not null,
  policy text,
  up_to bigint not null check (up_to >= 0),
  unique (conference_id, convening, unit_code),
  constraint conference_opinion_told check (not present or conflict or policy is not null)
);

-- One unit's vote in one round.
create table relief.conference_vote (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  conference_id text not null references relief.conference (id),
  convening integer not null,
  round integer not null,
  unit_code text not null,
  ballot text not null check (ballot in ('Yes', 'No', 'Abstain')),
  proxy text,
  unique (conference_id, round, unit_code)
);

-- What one unit does, how much, and by when.
create table relief.conference_measure (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  conference_id text not null references relief.conference (id),
  unit_code text not null,
  what text not null,
  amount bigint not null check (amount >= 0),
  due_at timestamptz not null,
  account_id text,
  reservation_id text,
  status text not null check (status in ('Open', 'Overdue', 'Done', 'Failed')),
  result text,
  ended_at timestamptz,
  ended_by text,
  constraint conference_measure_ended check ((status in ('Done', 'Failed')) = (ended_at is not null) and (ended_at is null) = (ended_by is null)),
  constraint conference_measure_failed check (status not in ('Done', 'Failed') or result is not null),
  constraint conference_measure_funded check ((account_id is null) = (reservation_id is null))
);
create index conference_measure_of on relief.conference_measure (conference_id);

-- INV-22: who was invited is never changed or deleted
create trigger conference_unit_permanent before update or delete on relief.conference_unit
  for each row execute function relief.refuse('INV-22: who was invited is never changed or deleted');

-- INV-22: an opinion is never changed or deleted
create trigger conference_opinion_permanent before update or delete on relief.conference_opinion
  for each row execute function relief.refuse('INV-22: an opinion is never changed or deleted');

-- INV-22: a vote is never changed or deleted
create trigger conference_vote_permanent before update or delete on relief.conference_vote
  for each row execute function relief.refuse('INV-22: a vote is never changed or deleted');

-- INV-25: a conference is never deleted
create trigger conference_permanent before delete on relief.conference
  for each row execute function relief.refuse('INV-25: a conference is never deleted');

-- INV-22: a measure is never deleted; it ends as done or failed
create trigger conference_measure_permanent before delete on relief.conference_measure
  for each row execute function relief.refuse('INV-22: a measure is never deleted; it ends as done or failed');

-- INV-22: only a unit that is there and not in conflict votes, in the round that runs
create function relief.conference_vote_of_a_unit() returns trigger language plpgsql as $$
begin
  if not exists (
      select 1 from relief.conference c join relief.conference_opinion o on o.conference_id = c.id and o.convening = c.convening
      where c.id = new.conference_id and c.status = 'Admitted' and c.round = new.round and c.convening = new.convening and o.unit_code = new.unit_code and o.present and not o.conflict) then
    raise exception 'INV-22: only a unit that is there and not in conflict votes, in the round that runs' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_vote_of_a_unit before insert on relief.conference_vote
  for each row execute function relief.conference_vote_of_a_unit();

-- INV-22: only an invited unit speaks
create function relief.conference_opinion_of_a_unit() returns trigger language plpgsql as $$
begin
  if not exists (
      select 1 from relief.conference c join relief.conference_unit u on u.conference_id = c.id and u.level = c.level
      where c.id = new.conference_id and c.convening = new.convening and u.unit_code = new.unit_code) then
    raise exception 'INV-22: only an invited unit speaks' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_opinion_of_a_unit before insert on relief.conference_opinion
  for each row execute function relief.conference_opinion_of_a_unit();

-- INV-22: a measure stays within what the unit may do by itself
create function relief.conference_measure_within() returns trigger language plpgsql as $$
begin
  if new.amount + coalesce((select sum(m.amount) from relief.conference_measure m where m.conference_id = new.conference_id and m.unit_code = new.unit_code), 0)
    > coalesce((select o.up_to from relief.conference c join relief.conference_opinion o on o.conference_id = c.id and o.convening = c.convening
      where c.id = new.conference_id and o.unit_code = new.unit_code and o.present and not o.conflict), -1) then
    raise exception 'INV-22: a measure stays within what the unit may do by itself' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_measure_within before insert on relief.conference_measure
  for each row execute function relief.conference_measure_within();

-- INV-22: no measure without a resolution
create function relief.conference_measure_resolved() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from relief.conference c where c.id = new.conference_id and c.status = 'Passed') then
    raise exception 'INV-22: no measure without a resolution' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_measure_resolved before insert on relief.conference_measure
  for each row execute function relief.conference_measure_resolved();

-- INV-22: what was resolved is not changed
create function relief.conference_measure_kept() returns trigger language plpgsql as $$
begin
  if new.conference_id is distinct from old.conference_id or new.unit_code is distinct from old.unit_code or new.what is distinct from old.what or new.amount is distinct from old.amount or new.due_at is distinct from old.due_at or new.account_id is distinct from old.account_id or new.reservation_id is distinct from old.reservation_id or old.status in ('Done', 'Failed') then
    raise exception 'INV-22: what was resolved is not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_measure_kept before update on relief.conference_measure
  for each row execute function relief.conference_measure_kept();

-- INV-22: a decided conference keeps its decision
create function relief.conference_kept() returns trigger language plpgsql as $$
begin
  if (old.status in ('Passed', 'Closed') and (old.status = 'Closed' or new.level = old.level) and (new.status not in ('Passed', 'Closed') or new.rule <> old.rule or new.decided_by is distinct from old.decided_by or new.round <> old.round or new.convening <> old.convening)) or new.round < old.round or new.convening < old.convening or (new.rule <> old.rule and old.status not in ('Asked', 'Admitted')) or (old.minutes_hash is not null and new.minutes_hash is distinct from old.minutes_hash) then
    raise exception 'INV-22: a decided conference keeps its decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger conference_kept before update on relief.conference
  for each row execute function relief.conference_kept();
