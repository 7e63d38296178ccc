-- Targets to which nothing is sent for a while. Few rows: asked for at each claim.
create table paused_target (
  target text primary key,
  reason text not null,
  paused_by text not null,
  paused_at integer not null) strict;
