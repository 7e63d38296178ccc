-- Declarations of close relatives and the separate filing of their cases (P27, E09, dibao rule art. 11).

-- That somebody has declared; a later one stands beside it.
create table relief_kin_statement (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  staff_id text not null,
  year integer not null,
  relatives integer not null check (relatives >= 0),
  due_on text not null
);
create index relief_kin_statement_year on relief_kin_statement (county_code, year);

-- A relative: a pseudonym and the relation.
create table relief_kin_relative (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  statement_id text not null references relief_kin_statement (id),
  staff_id text not null,
  id_number_hash text not null,
  relation text not null check (relation in ('kin', 'sameHousehold', 'employer', 'supplierOwner')),
  unique (staff_id, id_number_hash)
);
create index relief_kin_relative_hash on relief_kin_relative (id_number_hash);

-- One filing for each case and member of staff.
create table relief_kin_filing (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  case_id text not null references relief_case_file (id),
  person_id text not null,
  staff_id text not null,
  relation text not null check (relation in ('kin', 'sameHousehold', 'employer', 'supplierOwner', 'household')),
  origin text not null check (origin in ('Declaration', 'Survey', 'Task', 'Check666', 'Complaint', 'Report')),
  origin_id text,
  status text not null check (status in ('Open', 'Filed', 'NotKin')),
  due_at integer not null,
  filed_at integer,
  filed_by text,
  note text,
  decision_id text references relief_decision_record (id),
  recheck text check (recheck in ('DecisionStands', 'DecisionRevoked')),
  rechecked_at integer,
  rechecked_by text,
  recheck_reason text,
  unique (case_id, staff_id),
  constraint kin_filing_filed check ((status = 'Open') = (filed_at is null) and (filed_at is null) = (filed_by is null) and (filed_at is null) = (note is null)),
  constraint kin_filing_by_others check (filed_by <> staff_id and rechecked_by <> staff_id),
  constraint kin_filing_rechecked check ((recheck is null) = (rechecked_by is null) and (recheck is null) = (recheck_reason is null) and (recheck is null or decision_id is not null)),
  constraint kin_filing_decision check (decision_id is null or status = 'Filed')
);
create index relief_kin_filing_county on relief_kin_filing (county_code, created_at);

-- E09: what was filed stays filed, and who decided does not look at it again
create trigger relief_kin_filing_kept before update on relief_kin_filing
begin
  select raise(abort, 'E09: what was filed stays as it is')
  where old.status <> 'Open' and (new.status <> old.status or new.filed_by <> old.filed_by or new.decision_id is not old.decision_id)
     or old.recheck is not null and new.recheck is not old.recheck
     or new.case_id <> old.case_id or new.staff_id <> old.staff_id or new.person_id <> old.person_id;
  select raise(abort, 'E09: who decided does not look at it again')
  where new.rechecked_by is not null and exists (select 1 from relief_decision_record d where d.case_id = new.case_id and d.decided_by = new.rechecked_by);
  select raise(abort, 'E09: what was declared is not said not to be so')
  where new.status = 'NotKin' and exists (select 1 from relief_kin_declaration k where k.staff_id = new.staff_id and k.person_id = new.person_id and k.relation <> 'agent');
end;

-- SC-06: nothing is confirmed before the county has surveyed
create trigger relief_decision_record_county_surveyed before insert on relief_decision_record
when new.outcome = 'Confirmed'
begin
  select raise(abort, 'E09: nothing is confirmed before the county has surveyed')
  where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = new.case_id and f.value = 'CountySurveyDue');
end;

-- INV-25: declarations and filings are never deleted
create trigger relief_kin_statement_permanent before delete on relief_kin_statement begin select raise(abort, 'INV-25: declarations and filings are never deleted'); end;
create trigger relief_kin_statement_kept before update on relief_kin_statement begin select raise(abort, 'INV-25: a declaration is not changed; declare again'); end;
create trigger relief_kin_relative_permanent before delete on relief_kin_relative begin select raise(abort, 'INV-25: declarations and filings are never deleted'); end;
create trigger relief_kin_filing_permanent before delete on relief_kin_filing begin select raise(abort, 'INV-25: declarations and filings are never deleted'); end;
