-- Central help days (P30): what a desk writes down is a number of leaflets or consultations, or the link to a real record.

create table relief_help_day (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  place text not null,
  held_on text not null,
  status text not null check (status in ('Planned', 'Open', 'Reconciled', 'Closed')),
  reconciled_at integer,
  reconciled_by text,
  closed_at integer
);
create index relief_help_day_county on relief_help_day (county_code, held_on);

create table relief_help_desk (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  help_day_id text not null references relief_help_day (id),
  name text not null,
  unit_code text not null,
  team text not null
);
create index relief_help_desk_day on relief_help_desk (help_day_id);

create table relief_help_entry (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  help_day_id text not null references relief_help_day (id),
  desk_id text not null references relief_help_desk (id),
  kind text not null check (kind in ('Leaflet', 'Consultation', 'Application', 'Escalation', 'Mandate')),
  number integer check (number > 0),
  object_id text,
  device_key text not null,
  device_at integer not null,
  unique (help_day_id, device_key),
  -- A record is counted once, and by itself: no number stands for one.
  unique (kind, object_id),
  constraint help_entry_counted check ((kind in ('Leaflet', 'Consultation')) = (number is not null) and (number is null) = (object_id is not null))
);

create trigger relief_help_entry_kept before update on relief_help_entry
begin
  select raise(abort, 'a form of a help day is not changed');
end;

create trigger relief_help_entry_permanent before delete on relief_help_entry
begin
  select raise(abort, 'a form of a help day is never deleted');
end;
