-- Consent to a masked name on the public sheet, and what a sheet may never show (P13, INV-15).
create table relief.publication_consent (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  form text not null check (form in ('paper', 'voice', 'app')),
  withdrawn_at timestamptz
);
create unique index publication_consent_standing on relief.publication_consent (person_id) where withdrawn_at is null;
create index publication_consent_person on relief.publication_consent (person_id);
alter table relief.notice_record add column shown_name text;
create index notice_record_case on relief.notice_record (case_id);
create index notice_record_person on relief.notice_record (person_id) where shown_name is not null;

-- INV-15: a sheet shows what it may, of whom it may, with its proofs
create function relief.notice_record_within() returns trigger language plpgsql as $$
begin
  if new.content <> new.service_no || ' ' || coalesce(new.shown_name || ' ', '') || new.village_name || ' 服务类救助' or btrim(new.legal_basis) = '' then
    raise exception 'INV-15: a sheet shows service number, village and 服务类救助 only, on a legal basis' using errcode = 'check_violation';
  end if;
  if new.shown_name is not null and (new.shown_name !~ '^.{1,2}某某$' or new.status in ('Prepared', 'Posted')
      and not exists (select 1 from relief.publication_consent c where c.person_id = new.person_id and c.withdrawn_at is null)) then
    raise exception 'INV-15: a name is masked, and shown by consent only' using errcode = 'check_violation';
  end if;
  if (tg_op = 'INSERT' or new.status = 'Posted' and old.status <> 'Posted') and (
      exists (select 1 from relief.person p where p.id = new.person_id and p.birth_date > (new.created_at at time zone 'Asia/Shanghai')::date - interval '18 years')
      or exists (select 1 from relief.person_condition c where c.person_id = new.person_id and c.confidential and (c.valid_to is null or c.valid_to >= (new.created_at at time zone 'Asia/Shanghai')::date))) then
    raise exception 'INV-15: nothing is published of children and of those with a confidential condition' using errcode = 'check_violation';
  end if;
  if new.status = 'Posted' and jsonb_array_length(new.proofs) = 0 or new.status = 'TakenDown' and jsonb_array_length(new.proofs) < 2 then
    raise exception 'INV-15: a sheet goes up and comes down with a proof' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger notice_record_within before insert or update on relief.notice_record
  for each row execute function relief.notice_record_within();

-- INV-15: a consent is not taken back under a sheet that shows the name
create function relief.publication_consent_free() returns trigger language plpgsql as $$
begin
  if new.withdrawn_at is not null and exists (
      select 1 from relief.notice_record n where n.person_id = new.person_id and n.shown_name is not null and n.status in ('Prepared', 'Posted')) then
    raise exception 'INV-15: a consent is not taken back under a sheet that shows the name' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger publication_consent_free before update on relief.publication_consent
  for each row execute function relief.publication_consent_free();

-- INV-25: a sheet and a consent are never deleted
create function relief.notice_permanent() returns trigger language plpgsql as $$
begin
  raise exception 'INV-25: a sheet and a consent are never deleted' using errcode = 'check_violation';
end $$;
create trigger notice_record_permanent before delete on relief.notice_record for each row execute function relief.notice_permanent();
create trigger publication_consent_permanent before delete on relief.publication_consent for each row execute function relief.notice_permanent();
