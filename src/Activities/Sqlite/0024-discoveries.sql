-- What became of those who were found (P02). Earlier discoveries were told to the township and not followed up.

alter table relief_discovery add column channel text not null default 'Community' check (channel in ('Community', 'ThirdParty', 'Data', 'Grid', 'Visit', 'Hotline', 'Doorbell', 'Self', 'Check666', 'HelpDay'));
alter table relief_discovery add column status text not null default 'Open' check (status in ('Open', 'Merged', 'Closed'));
alter table relief_discovery add column merged_into text references relief_discovery (id);
alter table relief_discovery add column revisit_of text references relief_discovery (id);
alter table relief_discovery add column due_at integer;
alter table relief_discovery add column contacted_at integer;
alter table relief_discovery add column contacted_by text;
alter table relief_discovery add column reason text;
alter table relief_discovery add column guardian_ref text;
alter table relief_discovery add column mandate_id text;
alter table relief_discovery add column application_id text;
alter table relief_discovery add column outcome text check (outcome in ('Applied', 'Declined', 'NoNeed', 'NotFound', 'InCase', 'Unfollowed'));
alter table relief_discovery add column closed_at integer;
alter table relief_discovery add column closed_by text;

update relief_discovery set
  status = 'Closed', outcome = 'Unfollowed', closed_at = created_at, closed_by = 'system', due_at = created_at,
  channel = case origin when 'DataMatch' then 'Data' when 'Grid' then 'Grid' when 'Visit' then 'Visit' when 'Check666' then 'Check666' when 'Hotline' then 'Hotline' when 'Request' then 'Self'
    when 'Doorbell' then 'Doorbell' else 'Community' end;

-- E07: a person has one open discovery.
create unique index relief_discovery_open on relief_discovery (county_code, person_id) where status = 'Open' and person_id is not null;
create index relief_discovery_mandate on relief_discovery (mandate_id);

create trigger relief_discovery_end_new before insert on relief_discovery
when (new.status = 'Closed') <> (new.outcome is not null) or (new.status = 'Closed') <> (new.closed_at is not null) or (new.status = 'Closed') <> (new.closed_by is not null)
  or (new.status = 'Merged') <> (new.merged_into is not null)
  or (coalesce(new.outcome, '') in ('Declined', 'NoNeed') and new.reason is null) or (coalesce(new.outcome, '') = 'Applied' and new.application_id is null)
begin
  select raise(abort, 'discovery_end: a discovery is closed with an outcome, and with its reason or application');
end;

create trigger relief_discovery_end before update on relief_discovery
when (new.status = 'Closed') <> (new.outcome is not null) or (new.status = 'Closed') <> (new.closed_at is not null) or (new.status = 'Closed') <> (new.closed_by is not null)
  or (new.status = 'Merged') <> (new.merged_into is not null)
  or (coalesce(new.outcome, '') in ('Declined', 'NoNeed') and new.reason is null) or (coalesce(new.outcome, '') = 'Applied' and new.application_id is null)
begin
  select raise(abort, 'discovery_end: a discovery is closed with an outcome, and with its reason or application');
end;

-- A closed discovery stays as it was closed; none is deleted.
create trigger relief_discovery_kept before update on relief_discovery when old.status <> 'Open'
begin
  select raise(abort, 'a discovery that is closed is not changed');
end;

create trigger relief_discovery_permanent before delete on relief_discovery
begin
  select raise(abort, 'a discovery is never deleted');
end;

create table relief_discovery_contact (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  discovery_id text not null references relief_discovery (id),
  tried_at integer not null,
  result text not null
);
create index relief_discovery_contact_of on relief_discovery_contact (discovery_id, tried_at);

create trigger relief_discovery_contact_kept before update on relief_discovery_contact
begin
  select raise(abort, 'a contact log is only added to');
end;

create trigger relief_discovery_contact_permanent before delete on relief_discovery_contact
begin
  select raise(abort, 'a contact log is only added to');
end;

alter table relief_application add column discovery_id text references relief_discovery (id);
create index relief_application_discovery on relief_application (discovery_id);
