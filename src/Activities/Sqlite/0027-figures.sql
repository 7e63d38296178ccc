-- Figures as sums of records, the need list of any earlier day, and the city's guidance of its counties (CZ-148, 153, 156, 158; INV-29).
-- No table holds a figure: what is shown is reckoned from the records.

alter table relief_service_item add column class text not null default 'Other' check (class in ('Care', 'Casework', 'HealthCheck', 'Visit', 'Other'));
alter table relief_service_item add column project text check (project in ('LifeHelp', 'SocialIntegration', 'Capacity', 'Counselling', 'Company'));
alter table relief_service_item add column document text;
alter table relief_service_item add column replaces text;

-- Figures of a county's period read this alone.
create index service_record_figures on relief_service_record (county_code, service_date, status, order_id, item_code);
create index service_order_person on relief_service_order (person_id);
create index decision_record_figures on relief_decision_record (county_code, created_at);
create index decision_record_case on relief_decision_record (case_id);

-- What a need was from a moment on.
create table relief_need_change (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  need_item_id text not null,
  sequence integer not null,
  status text not null check (status in ('Registered', 'Recommended', 'NotRecommended', 'Confirmed', 'Denied', 'Deferred', 'Waiting', 'Ended')),
  quantity integer not null,
  pathways text not null,
  unique (need_item_id, sequence)
);
create index need_change_case on relief_need_change (case_id, created_at);

-- The city asks a county or township about a figure or a duty.
create table relief_urging (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  city_code text not null,
  township_code text,
  figure text,
  period_from text,
  period_to text,
  wording text not null check (length(trim(wording)) > 0),
  status text not null check (status in ('Asked', 'Answered', 'Settled')),
  round integer not null check (round >= 1),
  answer text,
  answered_by text,
  answered_at integer,
  judged_by text,
  judged_at integer,
  judgement text,
  constraint urging_answered check (status = 'Asked' or (answer is not null and answered_by is not null and answered_at is not null and answered_by <> created_by)),
  constraint urging_settled check (status <> 'Settled' or (judged_by is not null and judged_at is not null and judged_by <> answered_by)),
  constraint urging_period check ((period_from is null) = (period_to is null) and (period_to is null or period_to >= period_from) and (figure is null or period_from is not null))
);
create index urging_city on relief_urging (city_code, created_at);
create index urging_county on relief_urging (county_code, created_at);

-- The city adds, changes or drops a service item of a county, by a document and two people.
create table relief_item_adjustment (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  city_code text not null,
  asked_id text not null,
  kind text not null check (kind in ('Add', 'Change', 'Drop')),
  item_code text not null,
  successor_code text,
  document text not null check (length(trim(document)) > 0),
  status text not null check (status in ('Asked', 'Approved', 'Refused')),
  decided_by text,
  decided_at integer,
  reason text,
  unique (asked_id, item_code),
  constraint item_adjustment_successor check ((kind = 'Change') = (successor_code is not null)),
  constraint item_adjustment_two_people check (status = 'Asked' or (decided_by is not null and decided_at is not null and decided_by <> created_by))
);
create index item_adjustment_city on relief_item_adjustment (city_code, created_at);

-- What a half-year or year has come to, in words; its figures are named, never written down.
create table relief_guidance_summary (
  id text not null primary key,
  area_code text not null,
  created_at integer not null,
  created_by text not null,
  period_from text not null,
  period_to text not null,
  practice text not null check (length(trim(practice)) > 0),
  effect text not null check (length(trim(effect)) > 0),
  problems text not null check (length(trim(problems)) > 0),
  suggestions text not null check (length(trim(suggestions)) > 0),
  figures text not null,
  status text not null check (status in ('Drafted', 'Confirmed')),
  confirmed_by text,
  confirmed_at integer,
  constraint guidance_summary_period check (period_to >= period_from),
  constraint guidance_summary_two_people check (status = 'Drafted' or (confirmed_by is not null and confirmed_at is not null and confirmed_by <> created_by))
);
create index guidance_summary_area on relief_guidance_summary (area_code, period_from);

-- A case that others may learn from, told without a name and only as long as the person agrees.
create table relief_typical_case (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  case_id text not null,
  person_id text not null,
  title text not null check (length(trim(title)) > 0),
  story text not null check (length(trim(story)) > 0),
  outcome text not null check (length(trim(outcome)) > 0),
  consent_form text check (consent_form in ('paper', 'voice', 'app')),
  consent_by text,
  consent_at integer,
  withdrawn_at integer,
  status text not null check (status in ('Drafted', 'Published', 'TakenDown')),
  published_by text,
  published_at integer,
  taken_down_at integer,
  constraint typical_case_consent check (status <> 'Published' or (consent_at is not null and consent_form is not null and consent_by is not null and withdrawn_at is null)),
  constraint typical_case_two_people check (published_by is null or published_by <> created_by),
  constraint typical_case_published check (status = 'Drafted' or published_at is not null and published_by is not null),
  constraint typical_case_down check ((status = 'TakenDown') = (taken_down_at is not null))
);
create index typical_case_county on relief_typical_case (county_code, created_at);

-- INV-25: what was is kept
create trigger relief_need_change_permanent_update before update on relief_need_change
begin
  select raise(abort, 'INV-25: what a need was is kept');
end;
create trigger relief_need_change_permanent_delete before delete on relief_need_change
begin
  select raise(abort, 'INV-25: what a need was is kept');
end;
create trigger relief_urging_permanent before delete on relief_urging
begin
  select raise(abort, 'INV-25: it is kept');
end;
create trigger relief_item_adjustment_permanent before delete on relief_item_adjustment
begin
  select raise(abort, 'INV-25: it is kept');
end;
create trigger relief_guidance_summary_permanent before delete on relief_guidance_summary
begin
  select raise(abort, 'INV-25: it is kept');
end;
create trigger relief_typical_case_permanent before delete on relief_typical_case
begin
  select raise(abort, 'INV-25: it is kept');
end;
create trigger relief_urging_kept before update on relief_urging
when old.status = 'Settled' or old.wording <> new.wording or old.created_by <> new.created_by or old.county_code <> new.county_code
begin
  select raise(abort, 'INV-25: what was asked and settled stays');
end;
create trigger relief_item_adjustment_kept before update on relief_item_adjustment
when old.status <> 'Asked' or old.item_code <> new.item_code or old.document <> new.document or old.created_by <> new.created_by
begin
  select raise(abort, 'INV-25: what was decided about an item stays');
end;
create trigger relief_guidance_summary_kept before update on relief_guidance_summary
when old.status = 'Confirmed' or old.created_by <> new.created_by
begin
  select raise(abort, 'INV-25: a confirmed summary stays');
end;
create trigger relief_typical_case_kept before update on relief_typical_case
when old.status = 'TakenDown' or old.created_by <> new.created_by or old.person_id <> new.person_id or old.case_id <> new.case_id
  or (old.consent_at is not null and (old.title <> new.title or old.story <> new.story or old.outcome <> new.outcome or new.consent_at is null or new.consent_at <> old.consent_at or old.consent_by <> new.consent_by))
begin
  select raise(abort, 'INV-15: what is published stays as it was agreed to');
end;

-- INV-15: nothing is published of children and of those with a confidential condition
create trigger relief_typical_case_lawful before update on relief_typical_case
when new.status = 'Published' and old.status <> 'Published'
begin
  select raise(abort, 'INV-15: nothing is published of children and of those with a confidential condition')
  where exists (select 1 from relief_person p where p.id = new.person_id and p.birth_date > date(new.published_at / 1000 + 28800, 'unixepoch', '-18 years'))
    or exists (select 1 from relief_person_condition c where c.person_id = new.person_id and c.confidential and (c.valid_to is null or c.valid_to >= date(new.published_at / 1000 + 28800, 'unixepoch')));
end;
create trigger relief_typical_case_drafted before insert on relief_typical_case
when new.status <> 'Drafted'
begin
  select raise(abort, 'INV-15: a case is drafted before it is published');
end;

-- A city's bureau guides its counties.
create table relief_organisation_with_cities (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('CityBureau', 'CountyBureau', 'Township', 'VillageCommittee', 'SocialWorkStation', 'Supplier', 'Institution', 'Charity', 'PartyBranch', 'TrainingBody', 'Department', 'Hotline', 'VerificationCentre')),
  area_code text not null,
  name text not null,
  delegated_by text
);
insert into relief_organisation_with_cities select id, county_code, kind, area_code, name, delegated_by from relief_organisation;
drop table relief_organisation;
alter table relief_organisation_with_cities rename to relief_organisation;
