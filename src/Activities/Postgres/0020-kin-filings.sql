-- Declarations of close relatives and the separate filing of their cases (P27, E09, dibao rule art. 11).

-- That somebody has declared; a later one stands beside it.
create table relief.kin_statement (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  staff_id text not null,
  year integer not null,
  relatives integer not null check (relatives >= 0),
  due_on date not null
);
create index kin_statement_year on relief.kin_statement (county_code, year);

-- A relative: a pseudonym and the relation.
create table relief.kin_relative (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  statement_id text not null references relief.kin_statement (id),
  staff_id text not null,
  id_number_hash text not null,
  relation text not null check (relation in ('kin', 'sameHousehold', 'employer', 'supplierOwner')),
  unique (staff_id, id_number_hash)
);
create index kin_relative_hash on relief.kin_relative (id_number_hash);

-- One filing for each case and member of staff.
create table relief.kin_filing (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  case_id text not null references relief.case_file (id),
  person_id text not null,
  staff_id text not null,
  relation text not null check (relation in ('kin', 'sameHousehold', 'employer', 'supplierOwner', 'household')),
  origin text not null check (origin in ('Declaration', 'Survey', 'Task', 'Check666', 'Complaint', 'Report')),
  origin_id text,
  status text not null check (status in ('Open', 'Filed', 'NotKin')),
  due_at timestamptz not null,
  filed_at timestamptz,
  filed_by text,
  note text,
  decision_id text references relief.decision_record (id),
  recheck text check (recheck in ('DecisionStands', 'DecisionRevoked')),
  rechecked_at timestamptz,
  rechecked_by text,
  recheck_reason text,
  unique (case_id, staff_id),
  constraint kin_filing_filed check ((status = 'Open') = (filed_at is null) and (filed_at is null) = (filed_by is null) and (filed_at is null) = (note is null)),
  constraint kin_filing_by_others check (filed_by <> staff_id and rechecked_by <> staff_id),
  constraint kin_filing_rechecked check ((recheck is null) = (rechecked_by is null) and (recheck is null) = (recheck_reason is null) and (recheck is null or decision_id is not null)),
  constraint kin_filing_decision check (decision_id is null or status = 'Filed')
);
create index kin_filing_county on relief.kin_filing (county_code, created_at);

-- E09: what was filed stays filed, and who decided does not look at it again
create function relief.kin_filing_kept() returns trigger language plpgsql as $$
begin
  if old.status <> 'Open' and (new.status <> old.status or new.filed_by <> old.filed_by or new.decision_id is distinct from old.decision_id)
      or old.recheck is not null and new.recheck is distinct from old.recheck
      or new.case_id <> old.case_id or new.staff_id <> old.staff_id or new.person_id <> old.person_id then
    raise exception 'E09: what was filed stays as it is' using errcode = 'check_violation';
  end if;
  if new.rechecked_by is not null and exists (select 1 from relief.decision_record d where d.case_id = new.case_id and d.decided_by = new.rechecked_by) then
    raise exception 'E09: who decided does not look at it again' using errcode = 'check_violation';
  end if;
  if new.status = 'NotKin' and exists (select 1 from relief.kin_declaration k where k.staff_id = new.staff_id and k.person_id = new.person_id and k.relation <> 'agent') then
    raise exception 'E09: what was declared is not said not to be so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger kin_filing_kept before update on relief.kin_filing for each row execute function relief.kin_filing_kept();

-- SC-06: nothing is confirmed before the county has surveyed
create function relief.decision_record_county_surveyed() returns trigger language plpgsql as $$
begin
  if new.outcome = 'Confirmed' and exists (select 1 from relief.case_file c where c.id = new.case_id and c.flags @> '["CountySurveyDue"]') then
    raise exception 'E09: nothing is confirmed before the county has surveyed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_record_county_surveyed before insert on relief.decision_record for each row execute function relief.decision_record_county_surveyed();

-- INV-25: declarations and filings are never deleted
create trigger kin_statement_permanent before delete on relief.kin_statement for each row execute function relief.refuse('INV-25: declarations and filings are never deleted');
create trigger kin_statement_kept before update on relief.kin_statement for each row execute function relief.refuse('INV-25: a declaration is not changed; declare again');
create trigger kin_relative_permanent before delete on relief.kin_relative for each row execute function relief.refuse('INV-25: declarations and filings are never deleted');
create trigger kin_filing_permanent before delete on relief.kin_filing for each row execute function relief.refuse('INV-25: declarations and filings are never deleted');
