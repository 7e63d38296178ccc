-- Institutional care (PW2): what was found, on what a placement rests, and pauses of other orders.

-- One look at somebody's self-care; never changed.
create table relief.care_assessment (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  failed_indicators jsonb not null,
  level text not null check (level in ('Able', 'Partial', 'Complete')),
  suitability text not null check (suitability in ('Institution', 'Mental', 'Infectious', 'Other')),
  evidence text not null,
  valid_until date not null
);
create index care_assessment_order on relief.care_assessment (order_id, created_at);

-- INV-18: an admission has a consent; into a medical institution it has one of the three legal grounds with its references.
create table relief.placement (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  is_medical boolean not null,
  explained_at timestamptz,
  consent_by text check (consent_by in ('Person', 'Guardian')),
  consent_form text,
  consent_at timestamptz,
  refusal_form text,
  ground text check (ground in ('OwnConsent', 'SelfHarmRisk', 'DangerToOthers')),
  diagnosis text,
  guardian_consent text,
  rediagnosis_notice text,
  cost_source text,
  institution_id text,
  admitted_on date,
  left_on date,
  exit_reason text,
  constraint placement_lawful check (admitted_on is null
    or (not is_medical and consent_at is not null)
    or (is_medical and ground is not null and (
      (ground = 'OwnConsent' and consent_at is not null and consent_by = 'Person')
      or (ground = 'SelfHarmRisk' and diagnosis is not null and guardian_consent is not null)
      or (ground = 'DangerToOthers' and diagnosis is not null and rediagnosis_notice is not null)))),
  constraint placement_consent_whole check (consent_at is null or (consent_by is not null and consent_form is not null)),
  constraint placement_period check (left_on is null or (admitted_on is not null and left_on >= admitted_on))
);
create index placement_person on relief.placement (person_id);

-- From when to when an order stood still (E11, E21); one at a time.
create table relief.order_pause (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  reason text not null,
  visit_ids jsonb not null,
  ended_at timestamptz
);
create unique index order_pause_open on relief.order_pause (order_id) where ended_at is null;
create index order_pause_person on relief.order_pause (person_id) where ended_at is null;
