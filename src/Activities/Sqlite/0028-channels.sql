-- Channels through which people reach relief, what they sent and started, and calls that were lost.
create table relief_channel (
  id text not null primary key check (length(id) between 2 and 40),
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  name text not null,
  mapping text not null,
  secret_sealed text not null,
  callback_url text,
  active integer not null check (active in (0, 1))
);
create table relief_channel_nonce (
  id text not null primary key,
  channel_id text not null references relief_channel (id),
  sent_at integer not null,
  received_at integer not null
);
create index relief_channel_nonce_age on relief_channel_nonce (received_at);
create table relief_channel_matter (
  id text not null primary key check (id = channel_id || ':' || number),
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  channel_id text not null references relief_channel (id),
  number text not null check (length(number) between 1 and 60),
  user_ref text not null,
  kind text not null check (kind in ('Application', 'Request', 'Ticket', 'Call')),
  record_id text not null,
  content text not null,
  told_application text,
  told_case text,
  tellings integer not null check (tellings >= 0),
  ended integer not null check (ended in (0, 1))
);
create index relief_channel_matter_open on relief_channel_matter (channel_id, created_at) where ended = 0;
-- What a channel started stays what it was, under its number.
create trigger relief_channel_matter_stays before update on relief_channel_matter
when new.number <> old.number or new.channel_id <> old.channel_id or new.user_ref <> old.user_ref or new.kind <> old.kind or new.record_id <> old.record_id or new.content <> old.content or new.tellings < old.tellings
begin
  select raise(abort, 'a matter of a channel does not change what it is');
end;
create table relief_channel_rating (
  id text not null primary key references relief_channel_matter (id),
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  channel_id text not null references relief_channel (id),
  stars integer not null check (stars between 1 and 5),
  wording text
);
create index relief_channel_rating_county on relief_channel_rating (county_code, channel_id);
create table relief_lost_call (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  hotline text not null,
  number text not null,
  place_code text not null,
  person_id text,
  due_at integer not null,
  status text not null check (status in ('Open', 'Answered', 'NotReached')),
  attempts integer not null check (attempts >= 0),
  ticket_id text,
  ended_at integer,
  ended_by text,
  check ((status = 'Open') = (ended_at is null))
);
create index relief_lost_call_county on relief_lost_call (county_code, created_at);

-- Stations, contact points and windows are bodies of the network too. SQLite changes a check only with its table.
create table relief_organisation_new (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('CityBureau', 'CountyBureau', 'Township', 'VillageCommittee', 'SocialWorkStation', 'Supplier', 'Institution', 'Charity', 'PartyBranch', 'TrainingBody', 'Department', 'Hotline', 'VerificationCentre', 'ReliefStation', 'ContactPoint', 'ReliefWindow')),
  area_code text not null,
  name text not null,
  delegated_by text
);
insert into relief_organisation_new select id, county_code, kind, area_code, name, delegated_by from relief_organisation;
drop table relief_organisation;
alter table relief_organisation_new rename to relief_organisation;

-- Surveys from phones: what is not finished, and what came in, once under the phone's own number (S04).
create table relief_survey_draft (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  survey_id text not null,
  device text not null,
  device_time integer not null,
  content_sealed text not null
);
create index relief_survey_draft_survey on relief_survey_draft (survey_id);
create table relief_survey_receipt (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  survey_id text not null,
  content text not null,
  device text not null,
  device_time integer not null,
  place_sealed text,
  photos text not null,
  task_id text not null,
  source text not null
);
create index relief_survey_receipt_survey on relief_survey_receipt (survey_id);
create trigger relief_survey_receipt_stays before update on relief_survey_receipt
begin
  select raise(abort, 'the receipt of a survey never changes');
end;
