-- Tickets that come by hotline, petition or app and are transferred to a unit (P15). Older tickets have none of these.

alter table relief_ticket add column channel text;
alter table relief_ticket add column type text check (type in ('Consultation', 'HelpRequest', 'Complaint', 'Report', 'Objection', 'Praise', 'Inspection'));
alter table relief_ticket add column complainant_ref text;
alter table relief_ticket add column code text;
alter table relief_ticket add column place_code text;
alter table relief_ticket add column township_code text;
alter table relief_ticket add column life_risk integer not null default 0 check (life_risk in (0, 1));
alter table relief_ticket add column about_staff_id text;
alter table relief_ticket add column about_unit_id text;
alter table relief_ticket add column about_supplier_id text;
alter table relief_ticket add column external_id text;
alter table relief_ticket add column external_due integer;
alter table relief_ticket add column recording text;
alter table relief_ticket add column transferred_at integer;
alter table relief_ticket add column accepted_at integer;
alter table relief_ticket add column accepted_by text;
alter table relief_ticket add column reroutes integer not null default 0 check (reroutes between 0 and 2);
alter table relief_ticket add column extended_at integer;
alter table relief_ticket add column extension_reason text;
alter table relief_ticket add column finding text;
alter table relief_ticket add column found_by text;
alter table relief_ticket add column answer text;
alter table relief_ticket add column parent_id text;

-- By its code somebody without a name reads the answer.
create unique index relief_ticket_code on relief_ticket (code);
create index relief_ticket_supplier on relief_ticket (about_supplier_id, created_at);
create index relief_ticket_parent on relief_ticket (parent_id);
