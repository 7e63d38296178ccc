-- What people do around a task without moving it: urging and copies. Apart from task_event, whose last row says how the task stands.
create table task_note (
  id integer primary key autoincrement,
  task_id text not null,
  verb text not null,
  by_whom text not null,
  to_whom text,
  at integer not null,
  note text);
create index task_note_task on task_note (task_id, id);
create unique index task_note_copy on task_note (to_whom, task_id) where verb = 'Copy';

-- Who is asked to sign before a task is decided, in their order. mode: All, Any or InTurn; agrees is null until they sign.
create table task_signer (
  task_id text not null,
  staff text not null,
  ordinal integer not null,
  mode text not null,
  added_by text not null,
  added_at integer not null,
  agrees integer,
  note text,
  signed_at integer,
  primary key (task_id, staff)) strict;
create index task_signer_asked on task_signer (staff) where agrees is null;
