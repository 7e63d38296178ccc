-- The engine's tables. Both dialects have the same table and column names; connections look into flow, relief, public in this order.
-- Rows die young in work, inbox, timer and bookmark, hence their own autovacuum settings.

create table definition (
  version_id text primary key,
  definition_id text not null,
  version int not null,
  name text not null,
  description text,
  is_published boolean not null default false,
  is_latest boolean not null default false,
  body bytea not null,
  hash bytea not null,
  created_at timestamptz not null,
  published_by text,
  unique (definition_id, version));
create unique index definition_published on definition (definition_id) where is_published;
create unique index definition_latest on definition (definition_id) where is_latest;

-- updated_at, seq and the wait summary stand in no index, so that an ordinary burst stays a heap-only update.
create table instance (
  id uuid primary key,
  definition_id text not null,
  definition_version int not null,
  definition_version_id text not null,
  status smallint not null,
  seq bigint not null default 0,
  name text,
  correlation_id text,
  business_key text,
  subject_id text,
  parent_id uuid,
  parent_bookmark uuid,
  started_by text,
  chain_head bytea,
  incidents int not null default 0,
  fault_code text,
  fault_message text,
  fault_activity text,
  fault_sig bigint,
  wait_kind smallint,
  wait_activity text,
  wait_since timestamptz,
  wait_due timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz) with (fillfactor = 80);
create index instance_list on instance (created_at, id);
create index instance_definition on instance (definition_id, created_at, id);
create index instance_open on instance (definition_id, status, created_at) where status < 8;
create index instance_fault on instance (fault_sig) where status = 3;
create index instance_correlation on instance (correlation_id) where correlation_id is not null;
create index instance_business_key on instance (business_key) where business_key is not null;
create index instance_subject on instance (subject_id) where subject_id is not null;
create index instance_parent on instance (parent_id) where parent_id is not null;
create index instance_finished on instance (finished_at) where finished_at is not null;

create table instance_state (
  instance_id uuid primary key,
  seq bigint not null,
  codec smallint not null,
  state bytea not null) with (fillfactor = 80);
alter table instance_state alter column state set storage external;

create table bookmark (
  id uuid primary key,
  instance_id uuid not null,
  ordinal bigint not null,
  activity_id text not null,
  name text not null,
  kind smallint not null,
  key text,
  key_hash bigint,
  correlation_id text,
  subject_id text,
  created_seq bigint not null,
  created_at timestamptz not null) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index bookmark_instance on bookmark (instance_id);
create index bookmark_event on bookmark (key_hash, correlation_id) where kind = 1;

create table timer (
  bookmark_id uuid primary key,
  instance_id uuid not null,
  subject_id text,
  due_at timestamptz not null,
  rule json) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index timer_due on timer (due_at);
create index timer_rule on timer (bookmark_id) where rule is not null;

-- At most one row per runnable or running instance. ready_at in the future is the lease; a row with five attempts is parked (poison).
create table work (
  instance_id uuid primary key,
  ready_at timestamptz not null,
  wake bigint not null default 1,
  claim_token bigint,
  claimed_by int,
  attempts int not null default 0,
  last_error text,
  lane smallint not null default 0)
  with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
create index work_ready on work (ready_at) where attempts < 5;
create sequence claim_seq;

-- event_* say what an event was, so that it can be parked again when the burst drops the bookmark it was delivered to.
create table inbox (
  id bigint generated always as identity primary key,
  instance_id uuid not null,
  kind smallint not null,
  bookmark_id uuid,
  dedup_key text,
  payload json,
  at timestamptz not null,
  lateness_ms bigint not null default 0,
  event_name text,
  event_correlation text,
  event_expires timestamptz)
  with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
create index inbox_instance on inbox (instance_id, id);

-- Survives the mail being read; deleted with the finished instance.
create table mail_dedup (
  instance_id uuid not null,
  dedup_key text not null,
  primary key (instance_id, dedup_key));

create table parked_event (
  id uuid primary key,
  name text not null,
  key_hash bigint not null,
  correlation_id text,
  payload json,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  dedup_key text);
create index parked_event_match on parked_event (key_hash, correlation_id, created_at);
create index parked_event_expiry on parked_event (expires_at);

-- state: 0 pending, 1 started (at-most-once), 2 delivered, 3 dead, 4 halted. number keeps the order in which rows were decided.
create table outbox (
  id uuid primary key,
  number bigint generated always as identity,
  instance_id uuid not null,
  subject_id text,
  activity_id text not null,
  kind smallint not null,
  class smallint not null,
  target text not null,
  payload json not null,
  reply_to uuid,
  passes_halt boolean not null default false,
  state smallint not null default 0,
  attempts int not null default 0,
  next_at timestamptz not null,
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz) with (fillfactor = 80);
create index outbox_leaving on outbox (next_at, number) where state = 0 and kind in (1, 2);
create index outbox_inside on outbox (next_at, number) where state = 0 and kind in (3, 4, 5);
create index outbox_started on outbox (lease_until) where state = 1;
create index outbox_instance on outbox (instance_id);
create index outbox_settled on outbox (settled_at) where state = 2;
create index outbox_halted on outbox (id) where state = 4;
create index outbox_dead on outbox (number) where state = 3;

-- id is the bookmark's. state: 1 open, 2 claimed, 5 completed, 6 cancelled.
create table task (
  id uuid primary key,
  instance_id uuid not null,
  activity_id text not null,
  subject_id text,
  kind text not null,
  title text not null,
  role text,
  unit text,
  assignee text,
  excluded text[] not null default '{}',
  subject text,
  business_key text,
  outcomes json not null,
  form json,
  data json,
  due_at timestamptz,
  priority smallint not null default 50,
  state smallint not null,
  outcome text,
  result json,
  completed_by text,
  created_at timestamptz not null,
  claimed_at timestamptz,
  completed_at timestamptz,
  seq bigint not null default 0);
create index task_assignee on task (assignee, due_at) where state < 5;
create index task_open on task (role, unit, created_at) where state < 5;
create index task_list on task (created_at, id);
create index task_instance on task (instance_id);
create index task_subject on task (subject) where subject is not null;

create table task_event (
  id bigint generated always as identity primary key,
  task_id uuid not null,
  verb text not null,
  by_whom text not null,
  to_whom text,
  at timestamptz not null,
  note text);
create index task_event_task on task_event (task_id, id);

-- One row per burst. Months are made ahead by Sweep; whatever fits none lands in the default partition.
create table journal (
  at timestamptz not null,
  instance_id uuid not null,
  seq bigint not null,
  node int,
  events bytea not null,
  prev_hash bytea,
  hash bytea,
  primary key (instance_id, seq, at)) partition by range (at);
create table journal_default partition of journal default;

create table idempotency (
  scope text not null,
  key text not null,
  request_hash text not null,
  status int,
  body text,
  instance_id uuid,
  created_at timestamptz not null,
  primary key (scope, key));
create index idempotency_age on idempotency (created_at);

create table halt (
  subject_id text not null,
  kind text not null,
  since timestamptz not null,
  handler uuid,
  primary key (subject_id, kind));

create table node (
  node_id int primary key,
  started_at timestamptz not null,
  beat_at timestamptz not null,
  version text);

create table duty (
  name text primary key,
  until timestamptz not null,
  token bigint not null);

-- One row. manual_now is null while business time is real.
create table clock (
  id smallint primary key default 1 check (id = 1),
  manual_now timestamptz);
insert into clock (id) values (1);
