-- Tickets that come by hotline, petition or app and are transferred to a unit (P15). Older tickets have none of these.

alter table relief.ticket add column channel text;
alter table relief.ticket add column type text check (type in ('Consultation', 'HelpRequest', 'Complaint', 'Report', 'Objection', 'Praise', 'Inspection'));
alter table relief.ticket add column complainant_ref text;
alter table relief.ticket add column code text;
alter table relief.ticket add column place_code text;
alter table relief.ticket add column township_code text;
alter table relief.ticket add column life_risk boolean not null default false;
alter table relief.ticket add column about_staff_id text;
alter table relief.ticket add column about_unit_id text;
alter table relief.ticket add column about_supplier_id text;
alter table relief.ticket add column external_id text;
alter table relief.ticket add column external_due timestamptz;
alter table relief.ticket add column recording text;
alter table relief.ticket add column transferred_at timestamptz;
alter table relief.ticket add column accepted_at timestamptz;
alter table relief.ticket add column accepted_by text;
alter table relief.ticket add column reroutes integer not null default 0 check (reroutes between 0 and 2);
alter table relief.ticket add column extended_at timestamptz;
alter table relief.ticket add column extension_reason text;
alter table relief.ticket add column finding text;
alter table relief.ticket add column found_by text;
alter table relief.ticket add column answer text;
alter table relief.ticket add column parent_id text;

-- By its code somebody without a name reads the answer.
create unique index ticket_code on relief.ticket (code);
create index ticket_supplier on relief.ticket (about_supplier_id, created_at);
create index ticket_parent on relief.ticket (parent_id);
