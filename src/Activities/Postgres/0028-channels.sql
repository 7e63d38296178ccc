-- Channels through which people reach relief, what they sent and started, and calls that were lost.
create table relief.channel (
  id text not null primary key check (length(id) between 2 and 40),
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  name text not null,
  mapping text not null,
  secret_sealed text not null,
  callback_url text,
  active boolean not null
);
create table relief.channel_nonce (
  id text not null primary key,
  channel_id text not null references relief.channel (id),
  sent_at timestamptz not null,
  received_at timestamptz not null
);
create index channel_nonce_age on relief.channel_nonce (received_at);
create table relief.channel_matter (
  id text not null primary key check (id = channel_id || ':' || number),
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  channel_id text not null references relief.channel (id),
  number text not null check (length(number) between 1 and 60),
  user_ref text not null,
  kind text not null check (kind in ('Application', 'Request', 'Ticket', 'Call')),
  record_id text not null,
  content text not null,
  told_application text,
  told_case text,
  tellings int not null check (tellings >= 0),
  ended boolean not null
);
create index channel_matter_open on relief.channel_matter (channel_id, created_at) where not ended;
-- What a channel started stays what it was, under its number.
create function relief.keep_channel_matter() returns trigger language plpgsql as $$
begin
  if new.number <> old.number or new.channel_id <> old.channel_id or new.user_ref <> old.user_ref or new.kind <> old.kind or new.record_id <> old.record_id or new.content <> old.content or new.tellings < old.tellings then
    raise exception 'a matter of a channel does not change what it is';
  end if;
  return new;
end $$;
create trigger channel_matter_stays before update on relief.channel_matter for each row execute function relief.keep_channel_matter();
create table relief.channel_rating (
  id text not null primary key references relief.channel_matter (id),
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  channel_id text not null references relief.channel (id),
  stars int not null check (stars between 1 and 5),
  wording text
);
create index channel_rating_county on relief.channel_rating (county_code, channel_id);
create table relief.lost_call (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  hotline text not null,
  number text not null,
  place_code text not null,
  person_id text,
  due_at timestamptz not null,
  status text not null check (status in ('Open', 'Answered', 'NotReached')),
  attempts int not null check (attempts >= 0),
  ticket_id text,
  ended_at timestamptz,
  ended_by text,
  check ((status = 'Open') = (ended_at is null))
);
create index lost_call_county on relief.lost_call (county_code, created_at);

-- Stations, contact points and windows are bodies of the network too.
alter table relief.organisation drop constraint organisation_kind_check;
alter table relief.organisation add constraint organisation_kind_check check (kind in ('CityBureau', 'CountyBureau', 'Township', 'VillageCommittee', 'SocialWorkStation', 'Supplier', 'Institution', 'Charity', 'PartyBranch', 'TrainingBody', 'Department', 'Hotline', 'VerificationCentre', 'ReliefStation', 'ContactPoint', 'ReliefWindow'));

-- Surveys from phones: what is not finished, and what came in, once under the phone's own number (S04).
create table relief.survey_draft (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  survey_id text not null,
  device text not null,
  device_time timestamptz not null,
  content_sealed text not null
);
create index survey_draft_survey on relief.survey_draft (survey_id);
create table relief.survey_receipt (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  survey_id text not null,
  content text not null,
  device text not null,
  device_time timestamptz not null,
  place_sealed text,
  photos jsonb not null,
  task_id text not null,
  source text not null
);
create index survey_receipt_survey on relief.survey_receipt (survey_id);
create function relief.keep_survey_receipt() returns trigger language plpgsql as $$
begin
  raise exception 'the receipt of a survey never changes';
end $$;
create trigger survey_receipt_stays before update on relief.survey_receipt for each row execute function relief.keep_survey_receipt();
