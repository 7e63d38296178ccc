-- Consent to a masked name on the public sheet, and what a sheet may never show (P13, INV-15).
create table relief_publication_consent (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null,
  form text not null check (form in ('paper', 'voice', 'app')),
  withdrawn_at integer
);
create unique index publication_consent_standing on relief_publication_consent (person_id) where withdrawn_at is null;
create index publication_consent_person on relief_publication_consent (person_id);
alter table relief_notice_record add column shown_name text;
create index notice_record_case on relief_notice_record (case_id);
create index notice_record_person on relief_notice_record (person_id) where shown_name is not null;

-- INV-15: a sheet shows what it may, of whom it may, with its proofs
create trigger relief_notice_record_within_insert before insert on relief_notice_record
begin
  select raise(abort, 'INV-15: a sheet shows service number, village and 服务类救助 only, on a legal basis')
  where new.content <> new.service_no || ' ' || coalesce(new.shown_name || ' ', '') || new.village_name || ' 服务类救助' or trim(new.legal_basis) = '';
  select raise(abort, 'INV-15: a name is masked, and shown by consent only')
  where new.shown_name is not null and (not (new.shown_name like '_某某' or new.shown_name like '__某某') or new.status in ('Prepared', 'Posted')
    and not exists (select 1 from relief_publication_consent c where c.person_id = new.person_id and c.withdrawn_at is null));
  select raise(abort, 'INV-15: nothing is published of children and of those with a confidential condition')
  where  (
    exists (select 1 from relief_person p where p.id = new.person_id and p.birth_date > date(new.created_at / 1000 + 28800, 'unixepoch', '-18 years'))
    or exists (select 1 from relief_person_condition c where c.person_id = new.person_id and c.confidential and (c.valid_to is null or c.valid_to >= date(new.created_at / 1000 + 28800, 'unixepoch'))));
  select raise(abort, 'INV-15: a sheet goes up and comes down with a proof')
  where new.status = 'Posted' and json_array_length(new.proofs) = 0 or new.status = 'TakenDown' and json_array_length(new.proofs) < 2;
end;

create trigger relief_notice_record_within_update before update on relief_notice_record
begin
  select raise(abort, 'INV-15: a sheet shows service number, village and 服务类救助 only, on a legal basis')
  where new.content <> new.service_no || ' ' || coalesce(new.shown_name || ' ', '') || new.village_name || ' 服务类救助' or trim(new.legal_basis) = '';
  select raise(abort, 'INV-15: a name is masked, and shown by consent only')
  where new.shown_name is not null and (not (new.shown_name like '_某某' or new.shown_name like '__某某') or new.status in ('Prepared', 'Posted')
    and not exists (select 1 from relief_publication_consent c where c.person_id = new.person_id and c.withdrawn_at is null));
  select raise(abort, 'INV-15: nothing is published of children and of those with a confidential condition')
  where new.status = 'Posted' and old.status <> 'Posted' and (
    exists (select 1 from relief_person p where p.id = new.person_id and p.birth_date > date(new.created_at / 1000 + 28800, 'unixepoch', '-18 years'))
    or exists (select 1 from relief_person_condition c where c.person_id = new.person_id and c.confidential and (c.valid_to is null or c.valid_to >= date(new.created_at / 1000 + 28800, 'unixepoch'))));
  select raise(abort, 'INV-15: a sheet goes up and comes down with a proof')
  where new.status = 'Posted' and json_array_length(new.proofs) = 0 or new.status = 'TakenDown' and json_array_length(new.proofs) < 2;
end;

-- INV-15: a consent is not taken back under a sheet that shows the name
create trigger relief_publication_consent_free before update on relief_publication_consent
begin
  select raise(abort, 'INV-15: a consent is not taken back under a sheet that shows the name')
  where new.withdrawn_at is not null and exists (
    select 1 from relief_notice_record n where n.person_id = new.person_id and n.shown_name is not null and n.status in ('Prepared', 'Posted'));
end;

-- INV-25: a sheet and a consent are never deleted
create trigger relief_notice_record_permanent before delete on relief_notice_record
begin
  select raise(abort, 'INV-25: a sheet and a consent are never deleted');
end;
create trigger relief_publication_consent_permanent before delete on relief_publication_consent
begin
  select raise(abort, 'INV-25: a sheet and a consent are never deleted');
end;
