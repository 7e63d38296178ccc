-- What past runs of each drawn step took and by which outcomes they were left: folded from the journal by a duty, one row per step,
-- however many instances went through it.
create table step_time (
  definition_id text not null,
  activity_id text not null,
  n int not null,
  p50 interval,
  p95 interval,
  buckets text not null,
  outcomes text not null,
  primary key (definition_id, activity_id));

-- One row: bursts of transactions before this one are folded.
create table step_fold (
  id smallint primary key default 1 check (id = 1),
  folded_to bigint not null);
insert into step_fold (folded_to) select pg_snapshot_xmin(pg_current_snapshot())::text::bigint;

-- Which transaction wrote a burst: what is below the oldest that still runs is complete, so that nothing is folded twice or left out.
-- The index is a few pages for any size and costs a commit next to nothing. Rows of earlier releases have none.
alter table journal add column xid bigint;
alter table journal alter column xid set default (pg_current_xact_id()::text)::bigint;
create index journal_xid on journal using brin (xid) with (pages_per_range = 32, autosummarize = on);

-- What is known of the steps of the versions that instances run on, where there is something to know: gone from the published version
-- (parted_at), or on the way to the end of a time limit (allowed from the start of the instance; rest is what usually follows the step).
create table step_outlook (
  version_id text not null,
  activity_id text not null,
  parted_at int,
  usual interval,
  rest interval,
  allowed interval,
  primary key (version_id, activity_id));
create index instance_version on instance (definition_version_id) where status < 8;
