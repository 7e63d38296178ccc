-- What past runs of each drawn step took and by which outcomes they were left: folded from the journal by a duty, one row per step,
-- however many instances went through it. Spans are milliseconds.
create table step_time (
  definition_id text not null,
  activity_id text not null,
  n integer not null,
  p50 integer,
  p95 integer,
  buckets text not null,
  outcomes text not null,
  primary key (definition_id, activity_id)) strict, without rowid;

-- One row: bursts before this row of the journal are folded. One writer, so rows become visible in their order.
create table step_fold (
  id integer primary key check (id = 1),
  folded_to integer not null) strict;
insert into step_fold values (1, 0);

-- What is known of the steps of the versions that instances run on, where there is something to know: gone from the published version
-- (parted_at), or on the way to the end of a time limit (allowed from the start of the instance; rest is what usually follows the step).
create table step_outlook (
  version_id text not null,
  activity_id text not null,
  parted_at integer,
  usual integer,
  rest integer,
  allowed integer,
  primary key (version_id, activity_id)) strict, without rowid;
create index instance_version on instance (definition_version_id) where status < 8;
