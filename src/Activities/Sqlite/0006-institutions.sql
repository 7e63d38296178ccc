-- Institutional care (PW2): what was found, on what a placement rests, and pauses of other orders.

-- One look at somebody's self-care; never changed.
create table relief_care_assessment (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  failed_indicators text not null,
  level text not null check (level in ('Able', 'Partial', 'Complete')),
  suitability text not null check (suitability in ('Institution', 'Mental', 'Infectious', 'Other')),
  evidence text not null,
  valid_until text not null
);
create index relief_care_assessment_order on relief_care_assessment (order_id, created_at);

-- INV-18: an admission has a consent; into a medical institution it has one of the three legal grounds with its references.
create table relief_placement (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null,
  is_medical integer not null check (is_medical in (0, 1)),
  explained_at integer,
  consent_by text check (consent_by in ('Person', 'Guardian')),
  consent_form text,
  consent_at integer,
  refusal_form text,
  ground text check (ground in ('OwnConsent', 'SelfHarmRisk', 'DangerToOthers')),
  diagnosis text,
  guardian_consent text,
  rediagnosis_notice text,
  cost_source text,
  institution_id text,
  admitted_on text,
  left_on text,
  exit_reason text,
  constraint placement_lawful check (admitted_on is null
    or (is_medical = 0 and consent_at is not null)
    or (is_medical = 1 and ground is not null and (
      (ground = 'OwnConsent' and consent_at is not null and consent_by = 'Person')
      or (ground = 'SelfHarmRisk' and diagnosis is not null and guardian_consent is not null)
      or (ground = 'DangerToOthers' and diagnosis is not null and rediagnosis_notice is not null)))),
  constraint placement_consent_whole check (consent_at is null or (consent_by is not null and consent_form is not null)),
  constraint placement_period check (left_on is null or (admitted_on is not null and left_on >= admitted_on))
);
create index relief_placement_person on relief_placement (person_id);

-- From when to when an order stood still (E11, E21); one at a time.
create table relief_order_pause (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  reason text not null,
  visit_ids text not null,
  ended_at integer
);
create unique index relief_order_pause_open on relief_order_pause (order_id) where ended_at is null;
create index relief_order_pause_person on relief_order_pause (person_id) where ended_at is null;
