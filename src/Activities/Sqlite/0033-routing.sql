-- Which pathway answers which need: a county's table, proposed by one person and approved by another, and what it proposed and what was chosen for each need.

create table relief_routing_version (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  version integer not null check (version > 0),
  otherwise text not null check (otherwise in ('P16', 'P28')),
  rows text not null,
  valid_from text not null,
  valid_to text,
  basis text not null check (length(trim(basis)) > 0),
  status text not null check (status in ('Proposed', 'Approved', 'Refused')),
  decided_by text,
  decided_at integer,
  reason text,
  unique (county_code, version),
  constraint routing_version_two_people check (status = 'Proposed' or (decided_by is not null and decided_at is not null and decided_by <> created_by)),
  constraint routing_version_refusal check (status <> 'Refused' or length(trim(coalesce(reason, ''))) > 0),
  constraint routing_version_span check (valid_to is null or valid_to >= valid_from)
);
-- INV-27: one table is open at a time; the one before it ends the day before.
create unique index routing_version_open on relief_routing_version (county_code) where status = 'Approved' and valid_to is null;

create table relief_need_routing (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null references relief_case_file (id),
  need_item_id text not null references relief_need_item (id),
  sequence integer not null check (sequence > 0),
  table_version text not null,
  otherwise text not null check (otherwise in ('P16', 'P28')),
  proposed text not null,
  extras text not null,
  trace text not null,
  chosen text not null,
  because text,
  is_chosen integer not null,
  unique (need_item_id, sequence)
);
create index need_routing_case on relief_need_routing (case_id);

-- INV-25: what was proposed and decided is kept.
create trigger relief_routing_version_permanent before delete on relief_routing_version
begin
  select raise(abort, 'INV-25: a routing table is kept');
end;
create trigger relief_routing_version_kept before update on relief_routing_version
when old.rows <> new.rows or old.otherwise <> new.otherwise or old.valid_from <> new.valid_from or old.created_by <> new.created_by or old.county_code <> new.county_code
  or (old.status <> 'Proposed' and (old.status <> new.status or old.decided_by <> new.decided_by or old.valid_to is not null))
begin
  select raise(abort, 'INV-25: a routing table that was decided stays');
end;
create trigger relief_need_routing_permanent before delete on relief_need_routing
begin
  select raise(abort, 'INV-25: what was proposed for a need is kept');
end;
create trigger relief_need_routing_kept before update on relief_need_routing
begin
  select raise(abort, 'INV-25: what was proposed for a need is kept');
end;
