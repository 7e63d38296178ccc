-- The policy library (S22) and the linkage of needs that service relief does not meet (P28).

create table relief_policy_entry (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  code text not null,
  version integer not null check (version > 0),
  class text not null check (class in ('Living', 'Medical', 'Education', 'Housing', 'Employment', 'Judicial', 'Temporary', 'Disaster')),
  department text not null,
  title text not null,
  title_en text,
  conditions text not null,
  conditions_en text,
  how_to_apply text not null,
  how_to_apply_en text,
  categories text not null,
  audio_url text check (audio_url like 'https://%'),
  video_url text check (video_url like 'https://%'),
  document text not null,
  valid_from text not null,
  valid_to text check (valid_to is null or valid_to >= valid_from),
  status text not null check (status in ('Proposed', 'Approved', 'Refused')),
  approved_by text,
  approved_at integer,
  unique (county_code, code, version),
  constraint policy_entry_four_eyes check (status <> 'Approved' or (approved_by is not null and approved_at is not null and approved_by <> created_by))
);
create index relief_policy_entry_class on relief_policy_entry (county_code, status, class);

-- An approved version is never changed; the next one ends it.
create trigger relief_policy_entry_kept before update on relief_policy_entry
when old.status <> 'Proposed' and (new.status <> old.status or new.title <> old.title or new.conditions <> old.conditions or new.how_to_apply <> old.how_to_apply or new.class <> old.class
  or new.department <> old.department or new.document <> old.document or new.valid_from <> old.valid_from or new.approved_by is not old.approved_by)
begin
  select raise(abort, 'a decided version of a policy is not changed');
end;

create trigger relief_policy_entry_permanent before delete on relief_policy_entry
begin
  select raise(abort, 'a policy is never deleted');
end;

create table relief_linkage (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  person_id text not null references relief_person (id),
  need text not null check (need in ('Temporary', 'Medical', 'Education', 'Housing', 'Employment', 'Judicial', 'Disaster')),
  origin text not null,
  origin_id text not null,
  status text not null check (status in ('Open', 'Ended')),
  policy_id text references relief_policy_entry (id),
  unit_code text,
  is_binding integer not null check (is_binding in (0, 1)),
  consent_form text,
  consent_by text check (consent_by in ('self', 'guardian', 'witness')),
  consent_at integer,
  mandate_id text,
  amount integer check (amount > 0),
  purpose text,
  proposed_by text,
  decided_by text,
  account_id text references relief_fund_account (id),
  reservation_id text references relief_reservation (id),
  outcome text check (outcome in ('Granted', 'Refused', 'Declined', 'NoConsent', 'Conference', 'Charity')),
  reason text,
  ended_at integer,
  unique (origin, origin_id),
  constraint linkage_ended check ((status = 'Ended') = (outcome is not null) and (status = 'Ended') = (ended_at is not null)),
  constraint linkage_four_eyes check (decided_by is null or decided_by <> proposed_by),
  constraint linkage_decided check (reservation_id is null or (decided_by is not null and proposed_by is not null and amount is not null))
);
create unique index relief_linkage_open on relief_linkage (person_id, need) where status = 'Open';
create index relief_linkage_county on relief_linkage (county_code, created_at);
create index relief_linkage_person on relief_linkage (person_id);

create trigger relief_linkage_kept before update on relief_linkage when old.status = 'Ended'
begin
  select raise(abort, 'a linkage that has ended is not changed');
end;

create trigger relief_linkage_permanent before delete on relief_linkage
begin
  select raise(abort, 'a linkage is never deleted');
end;

create table relief_linkage_referral (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  linkage_id text not null references relief_linkage (id),
  round integer not null check (round > 0),
  unit_code text not null,
  policy_id text references relief_policy_entry (id),
  answer text check (answer in ('Accepted', 'MorePapers', 'Refused', 'NotOurs', 'Timeout', 'Granted', 'NotGranted')),
  reason text,
  answered_at integer,
  answered_by text,
  unique (linkage_id, round),
  constraint linkage_referral_answered check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);

-- Nothing goes to a department without the person's consent.
create trigger relief_linkage_referral_consented before insert on relief_linkage_referral
when not exists (select 1 from relief_linkage l where l.id = new.linkage_id and l.consent_at is not null and l.unit_code = new.unit_code and l.status = 'Open')
begin
  select raise(abort, 'a person is referred with their consent, to the department that they chose');
end;

create table relief_person_measure (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null references relief_person (id),
  unit_code text not null,
  kind text not null,
  what text not null,
  amount integer not null check (amount >= 0),
  given_on text not null,
  source text not null,
  source_id text not null,
  unique (source, source_id)
);
create index relief_person_measure_person on relief_person_measure (person_id, given_on);
