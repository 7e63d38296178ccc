-- The grid (FA-020, INV-20) and the visits that are owed to families (P18, PL-010 to PL-012).

create table relief_grid_cell (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  name text not null check (name <> ''),
  level integer not null check (level between 1 and 3),
  parent_id text references relief_grid_cell (id),
  constraint grid_cell_top check ((level = 1) = (parent_id is null))
);
create index grid_cell_county on relief_grid_cell (county_code);

-- INV-20: a village's code is the key, so no village is in two cells.
create table relief_grid_village (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  cell_id text not null references relief_grid_cell (id)
);
create index grid_village_cell on relief_grid_village (cell_id);

create table relief_grid_post (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  cell_id text not null references relief_grid_cell (id),
  staff_id text not null,
  kind text not null check (kind in ('Worker', 'StandIn')),
  valid_from text not null,
  valid_to text,
  ended_at integer,
  constraint grid_post_stand_in check ((kind = 'StandIn') = (valid_to is not null))
);
-- INV-20: one worker and one stand-in of a cell at a time; who is the worker of one cell is of no other.
create unique index grid_post_one_of_a_cell on relief_grid_post (cell_id, kind) where ended_at is null;
create unique index grid_post_one_cell_each on relief_grid_post (staff_id) where ended_at is null and kind = 'Worker';

create index person_household on relief_person (household_id) where household_id is not null;

create table relief_visit_round (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  duty text not null check (duty in ('Village', 'Street', 'Elderly')),
  period text not null,
  starts_on text not null,
  ends_on text not null,
  times integer not null check (times >= 0),
  status text not null check (status in ('Open', 'Generated', 'Closed')),
  generated_at integer,
  closed_at integer,
  unique (county_code, duty, period),
  constraint visit_round_span check (ends_on >= starts_on),
  constraint visit_round_generated check ((status = 'Open') = (generated_at is null)),
  constraint visit_round_closed check ((status = 'Closed') = (closed_at is not null))
);

-- Each visit once per family and period: also when it is generated twice, or by two nodes.
create table relief_home_visit (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  round_id text not null references relief_visit_round (id),
  duty text not null check (duty in ('Village', 'Street', 'Elderly', 'Grid')),
  slot integer not null check (slot > 0),
  family_id text not null,
  person_id text not null,
  reason text,
  due_on text not null,
  status text not null check (status in ('Open', 'Done', 'Refused', 'AwayLongTerm', 'Missed', 'Lapsed')),
  misses integer not null check (misses >= 0),
  report_id text,
  unique (round_id, duty, family_id, slot),
  constraint home_visit_reported check ((status in ('Done', 'Refused', 'AwayLongTerm')) = (report_id is not null))
);
create index home_visit_open on relief_home_visit (round_id, area_code) where status = 'Open';
create index home_visit_person on relief_home_visit (person_id);
create index home_visit_area on relief_home_visit (area_code, id) where status = 'Open';
create index home_visit_report on relief_home_visit (report_id) where report_id is not null;

create table relief_home_report (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  visit_id text not null references relief_home_visit (id),
  family_id text not null,
  person_id text not null,
  outcome text not null check (outcome in ('Done', 'NobodyHome', 'Refused', 'AwayLongTerm')),
  mode text not null check (mode in ('Home', 'Phone')),
  remote_ground text check (remote_ground in ('Emergency', 'Allowed')),
  visited_by text not null,
  visited_at integer not null,
  visited_on text not null,
  situation text,
  needs text,
  changes text not null,
  danger text,
  policy_explained integer not null,
  latitude real check (latitude between -90 and 90),
  longitude real check (longitude between -180 and 180),
  photos text not null,
  flagged_at integer,
  pace_alarm integer not null,
  constraint home_report_seen check (outcome <> 'Done' or situation <> ''),
  constraint home_report_remote check ((mode = 'Phone') = (remote_ground is not null))
);
-- A visit by one person at one family on one day is one visit, however often it is reported.
create unique index home_report_once on relief_home_report (family_id, visited_by, visited_on) where outcome <> 'NobodyHome';
create index home_report_pace on relief_home_report (visited_by, visited_at);
create index home_report_visit on relief_home_report (visit_id);

-- INV-20: villages belong to cells of the third level, and are villages
create trigger relief_grid_village_within_insert before insert on relief_grid_village
when not exists (select 1 from relief_grid_cell c where c.id = new.cell_id and c.level = 3 and c.county_code = new.county_code)
  or not exists (select 1 from relief_area_unit a where a.code = new.id and a.level = 'Village')
begin
  select raise(abort, 'INV-20: a village belongs to a cell of the third level');
end;
create trigger relief_grid_village_within_update before update on relief_grid_village
when not exists (select 1 from relief_grid_cell c where c.id = new.cell_id and c.level = 3 and c.county_code = new.county_code)
  or not exists (select 1 from relief_area_unit a where a.code = new.id and a.level = 'Village')
begin
  select raise(abort, 'INV-20: a village belongs to a cell of the third level');
end;

-- INV-20: a cell lies in one of the level above, and keeps its level
create trigger relief_grid_cell_within_insert before insert on relief_grid_cell
when new.parent_id is not null and not exists (select 1 from relief_grid_cell c where c.id = new.parent_id and c.level = new.level - 1 and c.county_code = new.county_code)
begin
  select raise(abort, 'INV-20: a cell lies in one of the level above, and keeps its level');
end;
create trigger relief_grid_cell_within_update before update on relief_grid_cell
when new.parent_id is not null and not exists (select 1 from relief_grid_cell c where c.id = new.parent_id and c.level = new.level - 1 and c.county_code = new.county_code)
  or new.level <> old.level or new.county_code <> old.county_code
begin
  select raise(abort, 'INV-20: a cell lies in one of the level above, and keeps its level');
end;
create trigger relief_grid_cell_permanent before delete on relief_grid_cell
begin
  select raise(abort, 'INV-20: a cell is never deleted');
end;
create trigger relief_grid_post_permanent before delete on relief_grid_post
begin
  select raise(abort, 'INV-20: who had a cell is never deleted');
end;

-- P18: one visit never serves village and street
create trigger relief_home_visit_within before update on relief_home_visit
begin
  select raise(abort, 'P18: a visit ends by a report about its family')
  where new.report_id is not null and not exists (select 1 from relief_home_report r where r.id = new.report_id and r.family_id = new.family_id and r.outcome = new.status);
  select raise(abort, 'P18: one visit never serves village and street')
  where new.report_id is not null and new.duty in ('Village', 'Street') and exists (
    select 1 from relief_home_visit v where v.report_id = new.report_id and v.id <> new.id and v.duty in ('Village', 'Street'));
  select raise(abort, 'P18: what came of a visit is not changed')
  where old.status in ('Done', 'Refused', 'AwayLongTerm', 'Missed', 'Lapsed')
    or new.round_id <> old.round_id or new.duty <> old.duty or new.family_id <> old.family_id or new.slot <> old.slot;
end;
create trigger relief_home_visit_permanent before delete on relief_home_visit
begin
  select raise(abort, 'INV-25: a visit is never deleted');
end;
create trigger relief_home_report_permanent before delete on relief_home_report
begin
  select raise(abort, 'INV-25: a report of a visit is never deleted');
end;

-- INV-25: what was reported stays; only what looks wrong about it is marked
create trigger relief_home_report_kept before update on relief_home_report
when new.visit_id <> old.visit_id or new.outcome <> old.outcome or new.mode <> old.mode or new.visited_by <> old.visited_by or new.visited_at <> old.visited_at
  or new.situation is not old.situation or new.needs is not old.needs or new.changes <> old.changes or new.danger is not old.danger
begin
  select raise(abort, 'INV-25: what was reported of a visit is not changed');
end;
