-- The policy library (S22) and the linkage of needs that service relief does not meet (P28).

create table relief.policy_entry (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
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
  categories jsonb not null,
  audio_url text check (audio_url like 'https://%'),
  video_url text check (video_url like 'https://%'),
  document text not null,
  valid_from date not null,
  valid_to date check (valid_to is null or valid_to >= valid_from),
  status text not null check (status in ('Proposed', 'Approved', 'Refused')),
  approved_by text,
  approved_at timestamptz,
  unique (county_code, code, version),
  constraint policy_entry_four_eyes check (status <> 'Approved' or (approved_by is not null and approved_at is not null and approved_by <> created_by))
);
create index policy_entry_class on relief.policy_entry (county_code, status, class);

-- An approved version is never changed; the next one ends it.
create function relief.policy_entry_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.status <> 'Proposed' and (new.status, new.title, new.conditions, new.how_to_apply, new.class, new.department, new.document, new.valid_from, new.approved_by)
      is distinct from (old.status, old.title, old.conditions, old.how_to_apply, old.class, old.department, old.document, old.valid_from, old.approved_by)) then
    raise exception 'a decided version of a policy is not changed, and none is deleted' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger policy_entry_kept before update or delete on relief.policy_entry for each row execute function relief.policy_entry_kept();

create table relief.linkage (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  person_id text not null references relief.person (id),
  need text not null check (need in ('Temporary', 'Medical', 'Education', 'Housing', 'Employment', 'Judicial', 'Disaster')),
  origin text not null,
  origin_id text not null,
  status text not null check (status in ('Open', 'Ended')),
  policy_id text references relief.policy_entry (id),
  unit_code text,
  is_binding boolean not null,
  consent_form text,
  consent_by text check (consent_by in ('self', 'guardian', 'witness')),
  consent_at timestamptz,
  mandate_id text,
  amount bigint check (amount > 0),
  purpose text,
  proposed_by text,
  decided_by text,
  account_id text references relief.fund_account (id),
  reservation_id text references relief.reservation (id),
  outcome text check (outcome in ('Granted', 'Refused', 'Declined', 'NoConsent', 'Conference', 'Charity')),
  reason text,
  ended_at timestamptz,
  unique (origin, origin_id),
  constraint linkage_ended check ((status = 'Ended') = (outcome is not null) and (status = 'Ended') = (ended_at is not null)),
  constraint linkage_four_eyes check (decided_by is null or decided_by <> proposed_by),
  constraint linkage_decided check (reservation_id is null or (decided_by is not null and proposed_by is not null and amount is not null))
);
create unique index linkage_open on relief.linkage (person_id, need) where status = 'Open';
create index linkage_county on relief.linkage (county_code, created_at);
create index linkage_person on relief.linkage (person_id);

create function relief.linkage_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a linkage that has ended is not changed, and none is deleted' using errcode = 'check_violation';
end $$;
create trigger linkage_kept before update on relief.linkage for each row when (old.status = 'Ended') execute function relief.linkage_kept();
create trigger linkage_permanent before delete on relief.linkage for each row execute function relief.linkage_kept();

create table relief.linkage_referral (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  linkage_id text not null references relief.linkage (id),
  round integer not null check (round > 0),
  unit_code text not null,
  policy_id text references relief.policy_entry (id),
  answer text check (answer in ('Accepted', 'MorePapers', 'Refused', 'NotOurs', 'Timeout', 'Granted', 'NotGranted')),
  reason text,
  answered_at timestamptz,
  answered_by text,
  unique (linkage_id, round),
  constraint linkage_referral_answered check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);

-- Nothing goes to a department without the person's consent.
create function relief.linkage_referral_consented() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from relief.linkage l where l.id = new.linkage_id and l.consent_at is not null and l.unit_code = new.unit_code and l.status = 'Open') then
    raise exception 'a person is referred with their consent, to the department that they chose' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger linkage_referral_consented before insert on relief.linkage_referral for each row execute function relief.linkage_referral_consented();

create table relief.person_measure (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null references relief.person (id),
  unit_code text not null,
  kind text not null,
  what text not null,
  amount bigint not null check (amount >= 0),
  given_on date not null,
  source text not null,
  source_id text not null,
  unique (source, source_id)
);
create index person_measure_person on relief.person_measure (person_id, given_on);
