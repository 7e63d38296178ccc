-- The 666 check (P19, FA-040 to FA-047): runs of a township, six sheets each, whom they look at, and what has to be done.

create table relief.check_run (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  period text not null,
  ordered boolean not null,
  due_at timestamptz not null,
  status text not null check (status in ('Open', 'Closed')),
  closed_at timestamptz,
  constraint check_run_closed check ((status = 'Closed') = (closed_at is not null))
);
create unique index check_run_period on relief.check_run (area_code, period) where not ordered;

create table relief.check_sheet (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  run_id text not null references relief.check_run (id),
  item integer not null check (item between 1 and 6),
  population integer not null check (population >= 0),
  sampled integer not null check (sampled between 0 and population),
  checked integer check (checked between 0 and sampled),
  anomaly boolean not null,
  done_at timestamptz,
  done_by text,
  unique (run_id, item),
  constraint check_sheet_done check ((done_at is null) = (checked is null) and (done_at is null) = (done_by is null) and (not anomaly or done_at is not null))
);

create table relief.check_subject (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  sheet_id text not null references relief.check_sheet (id),
  person_id text not null,
  signal text,
  unique (sheet_id, person_id)
);

create table relief.check_action (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  sheet_id text not null references relief.check_sheet (id),
  run_id text not null references relief.check_run (id),
  kind text not null check (kind in ('Care', 'Discovery', 'Temporary', 'Medical', 'KinFiling', 'Archive')),
  person_id text not null,
  finding text not null check (finding <> ''),
  owner text not null,
  due_on date not null,
  case_id text,
  kin_staff text,
  relation text,
  outcome text check (outcome in ('Done', 'NotPossible')),
  result text,
  reference text,
  ended_at timestamptz,
  ended_by text,
  unique (sheet_id, person_id),
  constraint check_action_ended check ((outcome is null) = (ended_at is null) and (outcome is null) = (ended_by is null) and (outcome is null or result <> '')),
  constraint check_action_kin check ((kind = 'KinFiling') = (kin_staff is not null) and (kin_staff is null) = (relation is null))
);
create index check_action_run on relief.check_action (run_id);

-- P19: a run is closed only when all six items are done and every action has an outcome; then it stays
create function relief.check_run_within() returns trigger language plpgsql as $$
begin
  if old.status = 'Closed' then
    raise exception 'P19: a closed run is not changed' using errcode = 'check_violation';
  end if;
  if new.status = 'Closed' and ((select count(*) from relief.check_sheet s where s.run_id = new.id and s.done_at is not null) <> 6
      or exists (select 1 from relief.check_action a where a.run_id = new.id and a.outcome is null)) then
    raise exception 'P19: a run is closed when all six items are done and every action has an outcome' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_run_within before update on relief.check_run for each row execute function relief.check_run_within();

-- P19: an action belongs to an open run and to its item, and an outcome stays
create function relief.check_action_within() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and not exists (
      select 1 from relief.check_sheet s join relief.check_run r on r.id = s.run_id
      where s.id = new.sheet_id and r.id = new.run_id and r.status = 'Open'
        and new.kind = (array['Care', 'Discovery', 'Temporary', 'Medical', 'KinFiling', 'Archive'])[s.item]) then
    raise exception 'P19: an action belongs to an item of an open run' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (old.outcome is not null or new.sheet_id <> old.sheet_id or new.run_id <> old.run_id or new.person_id <> old.person_id or new.finding <> old.finding) then
    raise exception 'P19: the outcome of an action is not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_action_within before insert or update on relief.check_action for each row execute function relief.check_action_within();
create trigger check_run_starts before insert on relief.check_run for each row when (new.status <> 'Open') execute function relief.refuse('P19: a run begins open');
create trigger check_run_permanent before delete on relief.check_run for each row execute function relief.refuse('INV-25: a run is never deleted');
create trigger check_sheet_permanent before delete on relief.check_sheet for each row execute function relief.refuse('INV-25: a sheet is never deleted');
create trigger check_action_permanent before delete on relief.check_action for each row execute function relief.refuse('INV-25: an action is never deleted');
