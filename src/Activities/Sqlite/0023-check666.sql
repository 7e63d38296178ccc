-- The 666 check (P19, FA-040 to FA-047): runs of a township, six sheets each, whom they look at, and what has to be done.

create table relief_check_run (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  period text not null,
  ordered integer not null,
  due_at integer not null,
  status text not null check (status in ('Open', 'Closed')),
  closed_at integer,
  constraint check_run_closed check ((status = 'Closed') = (closed_at is not null))
);
create unique index check_run_period on relief_check_run (area_code, period) where not ordered;

create table relief_check_sheet (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  run_id text not null references relief_check_run (id),
  item integer not null check (item between 1 and 6),
  population integer not null check (population >= 0),
  sampled integer not null check (sampled between 0 and population),
  checked integer check (checked between 0 and sampled),
  anomaly integer not null,
  done_at integer,
  done_by text,
  unique (run_id, item),
  constraint check_sheet_done check ((done_at is null) = (checked is null) and (done_at is null) = (done_by is null) and (not anomaly or done_at is not null))
);

create table relief_check_subject (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  sheet_id text not null references relief_check_sheet (id),
  person_id text not null,
  signal text,
  unique (sheet_id, person_id)
);

create table relief_check_action (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  sheet_id text not null references relief_check_sheet (id),
  run_id text not null references relief_check_run (id),
  kind text not null check (kind in ('Care', 'Discovery', 'Temporary', 'Medical', 'KinFiling', 'Archive')),
  person_id text not null,
  finding text not null check (finding <> ''),
  owner text not null,
  due_on text not null,
  case_id text,
  kin_staff text,
  relation text,
  outcome text check (outcome in ('Done', 'NotPossible')),
  result text,
  reference text,
  ended_at integer,
  ended_by text,
  unique (sheet_id, person_id),
  constraint check_action_ended check ((outcome is null) = (ended_at is null) and (outcome is null) = (ended_by is null) and (outcome is null or result <> '')),
  constraint check_action_kin check ((kind = 'KinFiling') = (kin_staff is not null) and (kin_staff is null) = (relation is null))
);
create index check_action_run on relief_check_action (run_id);

-- P19: a run is closed only when all six items are done and every action has an outcome; then it stays
create trigger relief_check_run_within before update on relief_check_run
begin
  select raise(abort, 'P19: a closed run is not changed') where old.status = 'Closed';
  select raise(abort, 'P19: a run is closed when all six items are done and every action has an outcome')
  where new.status = 'Closed' and ((select count(*) from relief_check_sheet s where s.run_id = new.id and s.done_at is not null) <> 6
    or exists (select 1 from relief_check_action a where a.run_id = new.id and a.outcome is null));
end;

-- P19: an action belongs to an open run and to its item, and an outcome stays
create trigger relief_check_action_within_insert before insert on relief_check_action
when not exists (
  select 1 from relief_check_sheet s join relief_check_run r on r.id = s.run_id
  where s.id = new.sheet_id and r.id = new.run_id and r.status = 'Open'
    and new.kind = case s.item when 1 then 'Care' when 2 then 'Discovery' when 3 then 'Temporary' when 4 then 'Medical' when 5 then 'KinFiling' else 'Archive' end)
begin
  select raise(abort, 'P19: an action belongs to an item of an open run');
end;
create trigger relief_check_action_within_update before update on relief_check_action
when old.outcome is not null or new.sheet_id <> old.sheet_id or new.run_id <> old.run_id or new.person_id <> old.person_id or new.finding <> old.finding
begin
  select raise(abort, 'P19: the outcome of an action is not changed');
end;
create trigger relief_check_run_starts before insert on relief_check_run when new.status <> 'Open'
begin
  select raise(abort, 'P19: a run begins open');
end;
create trigger relief_check_run_permanent before delete on relief_check_run
begin
  select raise(abort, 'INV-25: a run is never deleted');
end;
create trigger relief_check_sheet_permanent before delete on relief_check_sheet
begin
  select raise(abort, 'INV-25: a sheet is never deleted');
end;
create trigger relief_check_action_permanent before delete on relief_check_action
begin
  select raise(abort, 'INV-25: an action is never deleted');
end;
