-- Photos and scans at tasks. The content is kept once by its hash, sealed; what was taken off stays on record without it.
create table relief_stored_file (
  id text not null primary key check (length(id) = 64),
  media_type text not null,
  size integer not null check (size > 0),
  sealed_content blob not null,
  stored_at integer not null
);
create table relief_task_attachment (
  id text not null primary key,
  task_id text not null,
  hash text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  created_at integer not null,
  created_by text not null,
  removed_at integer
);
create unique index task_attachment_once on relief_task_attachment (task_id, hash) where removed_at is null;
create index task_attachment_hash on relief_task_attachment (hash) where removed_at is null;
