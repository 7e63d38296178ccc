-- Central help days (P30): what a desk writes down is a number of leaflets or consultations, or the link to a real record.

create table relief.help_day (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  place text not null,
  held_on date not null,
  status text not null check (status in ('Planned', 'Open', 'Reconciled', 'Closed')),
  reconciled_at timestamptz,
  reconciled_by text,
  closed_at timestamptz
);
create index help_day_county on relief.help_day (county_code, held_on);

create table relief.help_desk (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  help_day_id text not null references relief.help_day (id),
  name text not null,
  unit_code text not null,
  team jsonb not null
);
create index help_desk_day on relief.help_desk (help_day_id);

create table relief.help_entry (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  help_day_id text not null references relief.help_day (id),
  desk_id text not null references relief.help_desk (id),
  kind text not null check (kind in ('Leaflet', 'Consultation', 'Application', 'Escalation', 'Mandate')),
  number integer check (number > 0),
  object_id text,
  device_key text not null,
  device_at timestamptz not null,
  unique (help_day_id, device_key),
  -- A record is counted once, and by itself: no number stands for one.
  unique (kind, object_id),
  constraint help_entry_counted check ((kind in ('Leaflet', 'Consultation')) = (number is not null) and (number is null) = (object_id is not null))
);

create function relief.help_entry_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a form of a help day is neither changed nor deleted' using errcode = 'check_violation';
end $$;
create trigger help_entry_kept before update or delete on relief.help_entry for each row execute function relief.help_entry_kept();
