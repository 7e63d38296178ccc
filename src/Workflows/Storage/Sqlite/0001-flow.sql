-- The engine's tables on SQLite: the same tables and columns as on PostgreSQL. Instants are UTC milliseconds, ids lower-case texts of 36
-- characters, JSON is text. Hot tables declare no foreign keys: CheckInvariants looks after what they would.
create table definition (
  version_id text primary key,
  definition_id text not null,
  version integer not null,
  name text not null,
  description text,
  is_published integer not null,
  is_latest integer not null,
  was_published integer not null,             -- retracted versions keep their bytes: instances run on them
  body blob not null,
  hash blob not null,
  created_at integer not null,
  published_by text,
  unique (definition_id, version)) strict;
create unique index definition_one_published on definition (definition_id) where is_published = 1;
create unique index definition_one_latest on definition (definition_id) where is_latest = 1;

create table instance (
  id text primary key,
  definition_id text not null,
  definition_version integer not null,
  definition_version_id text not null,
  status integer not null,
  seq integer not null default 0,
  name text,
  correlation_id text,
  business_key text,
  subject_id text,
  parent_id text,
  parent_bookmark text,
  started_by text,
  chain_head blob not null,
  incidents integer not null default 0,
  fault_code text,
  fault_message text,
  fault_activity text,
  fault_sig integer,
  wait_kind integer,
  wait_activity text,
  wait_since integer,
  wait_due integer,
  created_at integer not null,
  updated_at integer not null,
  finished_at integer) strict;
create index instance_list on instance (created_at, id);
create index instance_definition on instance (definition_id, created_at, id);
create index instance_open on instance (definition_id, status, created_at) where status < 8;
create index instance_fault on instance (fault_sig) where incidents > 0;
create index instance_correlation on instance (correlation_id) where correlation_id is not null;
create index instance_business_key on instance (business_key) where business_key is not null;
create index instance_subject on instance (subject_id) where subject_id is not null;
create index instance_parent on instance (parent_id) where parent_id is not null;

create table instance_state (
  instance_id text primary key,
  seq integer not null,
  codec integer not null,
  state blob not null) strict;

create table bookmark (
  id text primary key,
  instance_id text not null,
  ordinal integer not null,
  activity_id text not null,
  name text not null,
  kind integer not null,
  key text,
  key_hash integer,
  correlation_id text,
  subject_id text,
  created_seq integer not null,
  created_at integer not null) strict, without rowid;
create index bookmark_instance on bookmark (instance_id);
create index bookmark_match on bookmark (key_hash) where key_hash is not null;

create table timer (
  bookmark_id text primary key,
  instance_id text not null,
  subject_id text,
  due_at integer not null,
  rule text) strict, without rowid;
create index timer_due on timer (due_at);
create index timer_instance on timer (instance_id);

create table work (
  instance_id text primary key,
  ready_at integer not null,                  -- the lease's end while it is claimed
  wake integer not null default 1,
  claim_token integer,
  claimed_by integer,
  attempts integer not null default 0,
  last_error text,
  lane integer not null default 0) strict, without rowid;
create index work_ready on work (ready_at);

create table claim_seq (value integer not null) strict;
insert into claim_seq values (0);

create table inbox (
  id integer primary key autoincrement,       -- never used twice: a commit deletes mail by id
  instance_id text not null,
  kind integer not null,
  bookmark_id text,
  dedup_key text,
  payload text,
  at integer not null,
  lateness_ms integer not null default 0,
  event_name text,                            -- what an event was, so that it can be parked again
  event_correlation text,
  event_expires integer) strict;
create index inbox_instance on inbox (instance_id, id);

create table mail_dedup (
  instance_id text not null,
  dedup_key text not null,
  primary key (instance_id, dedup_key)) strict, without rowid;

create table parked_event (
  id text primary key,
  name text not null,
  key_hash integer not null,
  correlation_id text,
  payload text,
  created_at integer not null,
  expires_at integer not null,
  dedup_key text) strict;
create index parked_match on parked_event (key_hash, created_at);
create index parked_expiry on parked_event (expires_at);

create table outbox (
  number integer primary key autoincrement,   -- first in, first out
  id text not null unique,
  instance_id text not null,
  subject_id text,
  activity_id text not null,
  kind integer not null,
  class integer not null,
  target text not null,
  payload text not null,
  reply_to text,
  passes_halt integer not null default 0,
  state integer not null default 0,           -- 0 pending, 1 started (at most once), 2 delivered, 3 dead, 4 halted
  attempts integer not null default 0,
  next_at integer not null,
  lease_until integer,
  last_error text,
  created_at integer not null,
  settled_at integer) strict;
create index outbox_next on outbox (next_at, number) where state = 0;
create index outbox_started on outbox (lease_until) where state = 1;
create index outbox_settled on outbox (settled_at) where state = 2;
create index outbox_instance on outbox (instance_id);

create table task (
  id text primary key,
  instance_id text not null,
  activity_id text not null,
  subject_id text,
  kind text not null,
  title text not null,
  role text,
  unit text,
  assignee text,
  excluded text not null,
  subject text,
  business_key text,
  outcomes text not null,
  form text not null,
  data text,
  due_at integer,
  priority integer not null,
  state integer not null,                     -- 1 open, 2 claimed, 5 completed, 6 cancelled
  outcome text,
  result text,
  completed_by text,
  created_at integer not null,
  claimed_at integer,
  completed_at integer,
  seq integer not null default 0) strict;
create index task_instance on task (instance_id);
create index task_open on task (assignee, due_at) where state < 5;
create index task_role on task (role, unit, due_at) where state < 5;
create index task_list on task (created_at, id);

create table task_event (
  id integer primary key autoincrement,
  task_id text not null,
  verb text not null,
  by_whom text not null,
  to_whom text,
  at integer not null,
  note text) strict;
create index task_event_task on task_event (task_id, id);

create table journal (
  instance_id text not null,
  seq integer not null,
  at integer not null,
  node integer,
  events blob not null,
  prev_hash blob not null,
  hash blob not null,
  primary key (instance_id, seq)) strict;
create index journal_at on journal (at);

create table idempotency (
  scope text not null,
  key text not null,
  request_hash text not null,
  status integer,
  body text,
  instance_id text,
  created_at integer not null,
  primary key (scope, key)) strict;
create index idempotency_age on idempotency (created_at);

create table halt (
  subject_id text not null,
  kind text not null,
  since integer not null,
  handler text,
  primary key (subject_id, kind)) strict, without rowid;

create table node (
  node_id integer primary key,
  started_at integer not null,
  beat_at integer not null,
  version text not null) strict;

create table duty (
  name text primary key,
  until integer not null,
  token integer not null) strict;

create table clock (manual_now integer) strict;
insert into clock values (null);
