-- Objections, reconsideration and appeals (P25, E14): matters, who appeals in them, and the bodies outside that look at them.

-- One matter for each thing that is objected to.
create table relief_appeal (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  about text not null check (about in ('Decision', 'Stop', 'Notice', 'Line', 'Subsidy')),
  target_id text not null,
  case_id text references relief_case_file (id),
  person_id text,
  supplier_id text,
  deciders text not null,
  until text,
  is_late integer not null check (is_late in (0, 1)),
  late_reason text,
  late_note text,
  effect text check (effect in ('Continues', 'Stands')),
  effect_reason text,
  result text check (result in ('Upheld', 'Changed', 'Revoked', 'Resurvey')),
  reasons text,
  reviewed_by text,
  reviewed_at integer,
  record_id text,
  owed integer not null check (owed >= 0),
  new_decision_id text references relief_decision_record (id),
  applied_track_id text,
  answered_at integer,
  delivery_proof text,
  outcome text check (outcome in ('Upheld', 'Changed', 'Revoked', 'TooLate', 'Withdrawn', 'Died')),
  closed_at integer,
  unique (about, target_id),
  constraint appeal_effect check ((about = 'Stop') = (effect is not null) and (effect is null) = (effect_reason is null)),
  constraint appeal_reviewed check ((result is null) = (reviewed_by is null) and (result is null) = (reviewed_at is null) and (result is null or reasons is not null)),
  constraint appeal_answered check ((answered_at is null) = (delivery_proof is null)),
  constraint appeal_closed check ((outcome is null) = (closed_at is null)),
  -- nobody who appealed is left without a written answer, unless nobody is left
  constraint appeal_closed_answered check (outcome is null or outcome in ('Withdrawn', 'Died') or answered_at is not null)
);
create index relief_appeal_county on relief_appeal (county_code, created_at);
create index relief_appeal_case on relief_appeal (case_id);

-- Who appeals; each once in a matter.
create table relief_appeal_party (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  appeal_id text not null references relief_appeal (id),
  kind text not null check (kind in ('Person', 'Agent', 'Supplier', 'Helper', 'Public')),
  ref text not null,
  wording text not null,
  left_as text check (left_as in ('Withdrawn', 'Died')),
  left_at integer,
  unique (appeal_id, kind, ref),
  constraint appeal_party_left check ((left_as is null) = (left_at is null))
);

-- A reconsideration or a lawsuit.
create table relief_external_track (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  appeal_id text not null references relief_appeal (id),
  kind text not null check (kind in ('Reconsideration', 'Lawsuit')),
  body text not null,
  reference text not null,
  filed_on text not null,
  due_on text not null,
  extended_on text,
  result text check (result in ('Upheld', 'Changed', 'Revoked', 'Withdrawn')),
  result_on text,
  note text,
  unique (appeal_id, kind, reference),
  constraint external_track_due check (due_on > filed_on),
  constraint external_track_result check ((result is null) = (result_on is null) and (result is null) = (note is null))
);
create index relief_external_track_appeal on relief_external_track (appeal_id);

-- P25: who decided does not review
create trigger relief_appeal_others_insert before insert on relief_appeal
when new.reviewed_by is not null
begin
  select raise(abort, 'P25: who decided does not review')
  where exists (select 1 from json_each(new.deciders) d where d.value = new.reviewed_by) or exists (select 1 from relief_decision_record d where d.id = new.target_id and d.decided_by = new.reviewed_by);
end;

-- P25: who decided does not review
create trigger relief_appeal_others_update before update on relief_appeal
when new.reviewed_by is not null
begin
  select raise(abort, 'P25: who decided does not review')
  where exists (select 1 from json_each(new.deciders) d where d.value = new.reviewed_by) or exists (select 1 from relief_decision_record d where d.id = new.target_id and d.decided_by = new.reviewed_by);
end;

-- P25: what was reviewed, answered and closed stays so
create trigger relief_appeal_kept before update on relief_appeal
begin
  select raise(abort, 'P25: what was reviewed stays as it is')
  where old.about <> new.about or old.target_id <> new.target_id or old.is_late <> new.is_late
     or old.result is not null and (new.result is not old.result or new.reasons is not old.reasons or new.reviewed_by is not old.reviewed_by)
     or old.outcome is not null and new.outcome is not old.outcome;
end;

-- E14: the file of a case under appeal is not deleted
create trigger relief_case_file_held before delete on relief_case_file
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = old.id and f.value = 'AppealOpen');
end;
create trigger relief_application_held before delete on relief_application
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.application_id = old.id and f.value = 'AppealOpen');
end;
create trigger relief_need_item_held before delete on relief_need_item
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = old.case_id and f.value = 'AppealOpen');
end;
create trigger relief_survey_record_held before delete on relief_survey_record
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = old.case_id and f.value = 'AppealOpen');
end;
create trigger relief_service_order_held before delete on relief_service_order
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = old.case_id and f.value = 'AppealOpen');
end;
create trigger relief_archive_file_held before delete on relief_archive_file
begin
  select raise(abort, 'E14: the file of a case under appeal is not deleted') where exists (select 1 from relief_case_file c, json_each(c.flags) f where c.id = old.case_id and f.value = 'AppealOpen');
end;

-- INV-25: an appeal is never deleted
create trigger relief_appeal_permanent before delete on relief_appeal begin select raise(abort, 'INV-25: an appeal is never deleted'); end;
create trigger relief_appeal_party_permanent before delete on relief_appeal_party begin select raise(abort, 'INV-25: an appeal is never deleted'); end;
create trigger relief_external_track_permanent before delete on relief_external_track begin select raise(abort, 'INV-25: an appeal is never deleted'); end;
