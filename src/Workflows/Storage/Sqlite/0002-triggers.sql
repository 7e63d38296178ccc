-- How published versions start by themselves: events, requests, schedules. Rewritten with each publish and retract.
create table start_trigger (
  definition_id text not null,
  activity_id text not null,
  key text not null,
  kind integer not null,
  version integer not null,
  settings text,
  due_at integer,                             -- the next moment of a schedule; null when there is none any more
  primary key (definition_id, activity_id, key)) strict, without rowid;
create index start_trigger_event on start_trigger (key) where kind = 1;
create unique index start_trigger_http on start_trigger (key) where kind = 2;
create index start_trigger_due on start_trigger (due_at) where due_at is not null;

-- Whether a start is allowed beside what runs: 0 always, 1 singleton, 2 correlation, 3 correlated singleton.
alter table definition add column activation integer not null default 0;
create index instance_correlated on instance (correlation_id, definition_id) where status < 8 and correlation_id is not null;
