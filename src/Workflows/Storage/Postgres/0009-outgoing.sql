-- Targets to which nothing is sent for a while. Few rows: asked for at each claim.
create table paused_target (
  target text primary key,
  reason text not null,
  paused_by text not null,
  paused_at timestamptz not null);

-- Calls of unknown outcome that people are asked about (K21).
create index task_unknown on task (created_at) where state < 5 and kind = 'request.outcomeUnknown';
