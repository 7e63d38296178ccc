-- What became of those who were found (P02). Earlier discoveries were told to the township and not followed up.

alter table relief.discovery add column channel text not null default 'Community' check (channel in ('Community', 'ThirdParty', 'Data', 'Grid', 'Visit', 'Hotline', 'Doorbell', 'Self', 'Check666', 'HelpDay'));
alter table relief.discovery add column status text not null default 'Open' check (status in ('Open', 'Merged', 'Closed'));
alter table relief.discovery add column merged_into text references relief.discovery (id);
alter table relief.discovery add column revisit_of text references relief.discovery (id);
alter table relief.discovery add column due_at timestamptz;
alter table relief.discovery add column contacted_at timestamptz;
alter table relief.discovery add column contacted_by text;
alter table relief.discovery add column reason text;
alter table relief.discovery add column guardian_ref text;
alter table relief.discovery add column mandate_id text;
alter table relief.discovery add column application_id text;
alter table relief.discovery add column outcome text check (outcome in ('Applied', 'Declined', 'NoNeed', 'NotFound', 'InCase', 'Unfollowed'));
alter table relief.discovery add column closed_at timestamptz;
alter table relief.discovery add column closed_by text;

update relief.discovery set
  status = 'Closed', outcome = 'Unfollowed', closed_at = created_at, closed_by = 'system', due_at = created_at,
  channel = case origin when 'DataMatch' then 'Data' when 'Grid' then 'Grid' when 'Visit' then 'Visit' when 'Check666' then 'Check666' when 'Hotline' then 'Hotline' when 'Request' then 'Self'
    when 'Doorbell' then 'Doorbell' else 'Community' end;

-- E07: a person has one open discovery.
create unique index discovery_open on relief.discovery (county_code, person_id) where status = 'Open' and person_id is not null;
create index discovery_mandate on relief.discovery (mandate_id);

alter table relief.discovery add constraint discovery_end check (
  (status = 'Closed') = (outcome is not null) and (status = 'Closed') = (closed_at is not null) and (status = 'Closed') = (closed_by is not null)
  and (status = 'Merged') = (merged_into is not null)
  and (outcome is null or outcome not in ('Declined', 'NoNeed') or reason is not null)
  and (outcome is null or outcome <> 'Applied' or application_id is not null));

-- A closed discovery stays as it was closed; none is deleted.
create function relief.discovery_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a discovery that is closed is not changed, and none is deleted' using errcode = 'check_violation';
end $$;
create trigger discovery_kept before update on relief.discovery for each row when (old.status <> 'Open') execute function relief.discovery_kept();
create trigger discovery_permanent before delete on relief.discovery for each row execute function relief.discovery_kept();

create table relief.discovery_contact (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  discovery_id text not null references relief.discovery (id),
  tried_at timestamptz not null,
  result text not null
);
create index discovery_contact_of on relief.discovery_contact (discovery_id, tried_at);
create trigger discovery_contact_kept before update or delete on relief.discovery_contact for each row execute function relief.discovery_kept();

alter table relief.application add column discovery_id text references relief.discovery (id);
create index application_discovery on relief.application (discovery_id);
