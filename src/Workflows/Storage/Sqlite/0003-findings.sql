-- What the last look found stuck: one row per code and thing, written by the duty that looks, read by every list of stuck work.
create table finding (
  code text not null,
  ref text not null,
  instance_id text,
  activity_id text,
  severity integer not null,
  since integer not null,
  found_at integer not null,
  round integer not null,
  detail text,
  primary key (code, ref)) strict, without rowid;
create index finding_list on finding (severity, since, code, ref);
create index finding_instance on finding (instance_id);

-- What an operator did to an instance or a thing of it, and why. A dangerous one waits for a second person.
create table repair (
  id text primary key,
  instance_id text,
  action text not null,
  target text,
  arguments text,
  reason text not null,
  asked_by text not null,
  asked_at integer not null,
  state integer not null,
  decided_by text,
  decided_at integer,
  note text,
  batch_id text) strict, without rowid;
create index repair_instance on repair (instance_id, asked_at);
create index repair_open on repair (asked_at) where state < 2;
create index repair_batch_items on repair (batch_id, state) where batch_id is not null;

-- One deed on many: its items are repairs that wait in state 5 until it is their turn.
create table repair_batch (
  id text primary key,
  action text not null,
  filter text not null,
  reason text not null,
  asked_by text not null,
  asked_at integer not null,
  total integer not null,
  state integer not null,
  decided_by text) strict, without rowid;

-- The few that an operator looks for among the many.
create index instance_stopped on instance (id) where status in (3, 4);
create index instance_incident on instance (id) where incidents > 0 and status < 8;
create index task_due on task (due_at) where state < 5;
