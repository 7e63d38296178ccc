-- Case conferences (P16): who was invited, what each unit can do, how each voted, and what came of it, followed to its end.

create table relief_conference (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text,
  situation text not null check (situation in ('NoPolicyFits', 'SeveralDepartments', 'SuddenExpense', 'SupplierDeadlock', 'PolicyConflict', 'Systemic')),
  asked_because text not null,
  level text not null check (level in ('Town', 'District', 'City')),
  rule text not null check (rule in ('Majority', 'Unanimous')),
  urgent integer not null check (urgent in (0, 1)),
  status text not null check (status in ('Asked', 'Refused', 'Admitted', 'Passed', 'Failed', 'Closed')),
  convening integer not null,
  since_convening integer not null,
  round integer not null,
  reason text,
  decided_by text,
  decided_at integer,
  minutes_hash text,
  precedent text,
  closed_at integer,
  constraint conference_decided check ((decided_at is null) = (decided_by is null)),
  constraint conference_passed check (status <> 'Passed' or decided_at is not null),
  constraint conference_closed check (status <> 'Closed' or closed_at is not null)
);
create index relief_conference_county on relief_conference (county_code, created_at);
create index relief_conference_case on relief_conference (case_id);

-- A unit that is invited at a level.
create table relief_conference_unit (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  conference_id text not null references relief_conference (id),
  level text not null check (level in ('Town', 'District', 'City')),
  unit_code text not null,
  unique (conference_id, level, unit_code)
);

-- What a unit says at one convening: whether it is there, what its policy allows, and up to how much.
create table relief_conference_opinion (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  conference_id text not null references relief_conference (id),
  convening integer not null,
  unit_code text not null,
  present integer not null check (present in (0, 1)),
  conflict integer not null check (conflict in (0, 1)),
  policy text,
  up_to integer not null check (up_to >= 0),
  unique (conference_id, convening, unit_code),
  constraint conference_opinion_told check (present = 0 or conflict = 1 or policy is not null)
);

-- One unit's vote in one round.
create table relief_conference_vote (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  conference_id text not null references relief_conference (id),
  convening integer not null,
  round integer not null,
  unit_code text not null,
  ballot text not null check (ballot in ('Yes', 'No', 'Abstain')),
  proxy text,
  unique (conference_id, round, unit_code)
);

-- What one unit does, how much, and by when.
create table relief_conference_measure (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  conference_id text not null references relief_conference (id),
  unit_code text not null,
  what text not null,
  amount integer not null check (amount >= 0),
  due_at integer not null,
  account_id text,
  reservation_id text,
  status text not null check (status in ('Open', 'Overdue', 'Done', 'Failed')),
  result text,
  ended_at integer,
  ended_by text,
  constraint conference_measure_ended check ((status in ('Done', 'Failed')) = (ended_at is not null) and (ended_at is null) = (ended_by is null)),
  constraint conference_measure_failed check (status not in ('Done', 'Failed') or result is not null),
  constraint conference_measure_funded check ((account_id is null) = (reservation_id is null))
);
create index relief_conference_measure_of on relief_conference_measure (conference_id);

-- INV-22: who was invited is never changed or deleted
create trigger relief_conference_unit_permanent_update before update on relief_conference_unit
begin
  select raise(abort, 'INV-22: who was invited is never changed or deleted');
end;
create trigger relief_conference_unit_permanent_delete before delete on relief_conference_unit
begin
  select raise(abort, 'INV-22: who was invited is never changed or deleted');
end;

-- INV-22: an opinion is never changed or deleted
create trigger relief_conference_opinion_permanent_update before update on relief_conference_opinion
begin
  select raise(abort, 'INV-22: an opinion is never changed or deleted');
end;
create trigger relief_conference_opinion_permanent_delete before delete on relief_conference_opinion
begin
  select raise(abort, 'INV-22: an opinion is never changed or deleted');
end;

-- INV-22: a vote is never changed or deleted
create trigger relief_conference_vote_permanent_update before update on relief_conference_vote
begin
  select raise(abort, 'INV-22: a vote is never changed or deleted');
end;
create trigger relief_conference_vote_permanent_delete before delete on relief_conference_vote
begin
  select raise(abort, 'INV-22: a vote is never changed or deleted');
end;

-- INV-25: a conference is never deleted
create trigger relief_conference_permanent_delete before delete on relief_conference
begin
  select raise(abort, 'INV-25: a conference is never deleted');
end;

-- INV-22: a measure is never deleted; it ends as done or failed
create trigger relief_conference_measure_permanent_delete before delete on relief_conference_measure
begin
  select raise(abort, 'INV-22: a measure is never deleted; it ends as done or failed');
end;

-- INV-22: only a unit that is there and not in conflict votes, in the round that runs
create trigger relief_conference_vote_of_a_unit before insert on relief_conference_vote
when not exists (
      select 1 from relief_conference c join relief_conference_opinion o on o.conference_id = c.id and o.convening = c.convening
      where c.id = new.conference_id and c.status = 'Admitted' and c.round = new.round and c.convening = new.convening and o.unit_code = new.unit_code and o.present = 1 and o.conflict = 0)
begin
  select raise(abort, 'INV-22: only a unit that is there and not in conflict votes, in the round that runs');
end;

-- INV-22: only an invited unit speaks
create trigger relief_conference_opinion_of_a_unit before insert on relief_conference_opinion
when not exists (
      select 1 from relief_conference c join relief_conference_unit u on u.conference_id = c.id and u.level = c.level
      where c.id = new.conference_id and c.convening = new.convening and u.unit_code = new.unit_code)
begin
  select raise(abort, 'INV-22: only an invited unit speaks');
end;

-- INV-22: a measure stays within what the unit may do by itself
create trigger relief_conference_measure_within before insert on relief_conference_measure
when new.amount + coalesce((select sum(m.amount) from relief_conference_measure m where m.conference_id = new.conference_id and m.unit_code = new.unit_code), 0)
    > coalesce((select o.up_to from relief_conference c join relief_conference_opinion o on o.conference_id = c.id and o.convening = c.convening
      where c.id = new.conference_id and o.unit_code = new.unit_code and o.present = 1 and o.conflict = 0), -1)
begin
  select raise(abort, 'INV-22: a measure stays within what the unit may do by itself');
end;

-- INV-22: no measure without a resolution
create trigger relief_conference_measure_resolved before insert on relief_conference_measure
when not exists (select 1 from relief_conference c where c.id = new.conference_id and c.status = 'Passed')
begin
  select raise(abort, 'INV-22: no measure without a resolution');
end;

-- INV-22: what was resolved is not changed
create trigger relief_conference_measure_kept before update on relief_conference_measure
when new.conference_id is not old.conference_id or new.unit_code is not old.unit_code or new.what is not old.what or new.amount is not old.amount or new.due_at is not old.due_at or new.account_id is not old.account_id or new.reservation_id is not old.reservation_id or old.status in ('Done', 'Failed')
begin
  select raise(abort, 'INV-22: what was resolved is not changed');
end;

-- INV-22: a decided conference keeps its decision
create trigger relief_conference_kept before update on relief_conference
when (old.status in ('Passed', 'Closed') and (old.status = 'Closed' or new.level = old.level) and (new.status not in ('Passed', 'Closed') or new.rule <> old.rule or new.decided_by is not old.decided_by or new.round <> old.round or new.convening <> old.convening)) or new.round < old.round or new.convening < old.convening or (new.rule <> old.rule and old.status not in ('Asked', 'Admitted')) or (old.minutes_hash is not null and new.minutes_hash is not old.minutes_hash)
begin
  select raise(abort, 'INV-22: a decided conference keeps its decision');
end;
