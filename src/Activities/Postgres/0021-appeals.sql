-- Objections, reconsideration and appeals (P25, E14): matters, who appeals in them, and the bodies outside that look at them.

-- One matter for each thing that is objected to.
create table relief.appeal (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  about text not null check (about in ('Decision', 'Stop', 'Notice', 'Line', 'Subsidy')),
  target_id text not null,
  case_id text references relief.case_file (id),
  person_id text,
  supplier_id text,
  deciders jsonb not null,
  until date,
  is_late boolean not null,
  late_reason text,
  late_note text,
  effect text check (effect in ('Continues', 'Stands')),
  effect_reason text,
  result text check (result in ('Upheld', 'Changed', 'Revoked', 'Resurvey')),
  reasons text,
  reviewed_by text,
  reviewed_at timestamptz,
  record_id text,
  owed bigint not null check (owed >= 0),
  new_decision_id text references relief.decision_record (id),
  applied_track_id text,
  answered_at timestamptz,
  delivery_proof text,
  outcome text check (outcome in ('Upheld', 'Changed', 'Revoked', 'TooLate', 'Withdrawn', 'Died')),
  closed_at timestamptz,
  unique (about, target_id),
  constraint appeal_effect check ((about = 'Stop') = (effect is not null) and (effect is null) = (effect_reason is null)),
  constraint appeal_reviewed check ((result is null) = (reviewed_by is null) and (result is null) = (reviewed_at is null) and (result is null or reasons is not null)),
  constraint appeal_answered check ((answered_at is null) = (delivery_proof is null)),
  constraint appeal_closed check ((outcome is null) = (closed_at is null)),
  -- nobody who appealed is left without a written answer, unless nobody is left
  constraint appeal_closed_answered check (outcome is null or outcome in ('Withdrawn', 'Died') or answered_at is not null)
);
create index appeal_county on relief.appeal (county_code, created_at);
create index appeal_case on relief.appeal (case_id);

-- Who appeals; each once in a matter.
create table relief.appeal_party (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  appeal_id text not null references relief.appeal (id),
  kind text not null check (kind in ('Person', 'Agent', 'Supplier', 'Helper', 'Public')),
  ref text not null,
  wording text not null,
  left_as text check (left_as in ('Withdrawn', 'Died')),
  left_at timestamptz,
  unique (appeal_id, kind, ref),
  constraint appeal_party_left check ((left_as is null) = (left_at is null))
);

-- A reconsideration or a lawsuit.
create table relief.external_track (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  appeal_id text not null references relief.appeal (id),
  kind text not null check (kind in ('Reconsideration', 'Lawsuit')),
  body text not null,
  reference text not null,
  filed_on date not null,
  due_on date not null,
  extended_on date,
  result text check (result in ('Upheld', 'Changed', 'Revoked', 'Withdrawn')),
  result_on date,
  note text,
  unique (appeal_id, kind, reference),
  constraint external_track_due check (due_on > filed_on),
  constraint external_track_result check ((result is null) = (result_on is null) and (result is null) = (note is null))
);
create index external_track_appeal on relief.external_track (appeal_id);

-- P25: who decided does not review, and what was reviewed, answered and closed stays so
create function relief.appeal_kept() returns trigger language plpgsql as $$
begin
  if new.reviewed_by is not null and (new.deciders ? new.reviewed_by or exists (select 1 from relief.decision_record d where d.id = new.target_id and d.decided_by = new.reviewed_by)) then
    raise exception 'P25: who decided does not review' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (old.about <> new.about or old.target_id <> new.target_id or old.is_late <> new.is_late
      or old.result is not null and (new.result is distinct from old.result or new.reasons is distinct from old.reasons or new.reviewed_by is distinct from old.reviewed_by)
      or old.outcome is not null and new.outcome is distinct from old.outcome) then
    raise exception 'P25: what was reviewed stays as it is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger appeal_kept before insert or update on relief.appeal for each row execute function relief.appeal_kept();

-- E14: the file of a case under appeal is not deleted
create function relief.file_held() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.case_file c where c.flags @> '["AppealOpen"]' and (c.id = to_jsonb(old) ->> 'case_id' or tg_table_name = 'case_file' and c.id = to_jsonb(old) ->> 'id'
      or tg_table_name = 'application' and c.application_id = to_jsonb(old) ->> 'id')) then
    raise exception 'E14: the file of a case under appeal is not deleted' using errcode = 'check_violation';
  end if;
  return old;
end $$;
create trigger case_file_held before delete on relief.case_file for each row execute function relief.file_held();
create trigger application_held before delete on relief.application for each row execute function relief.file_held();
create trigger need_item_held before delete on relief.need_item for each row execute function relief.file_held();
create trigger survey_record_held before delete on relief.survey_record for each row execute function relief.file_held();
create trigger service_order_held before delete on relief.service_order for each row execute function relief.file_held();
create trigger archive_file_held before delete on relief.archive_file for each row execute function relief.file_held();

-- INV-25: an appeal is never deleted
create trigger appeal_permanent before delete on relief.appeal for each row execute function relief.refuse('INV-25: an appeal is never deleted');
create trigger appeal_party_permanent before delete on relief.appeal_party for each row execute function relief.refuse('INV-25: an appeal is never deleted');
create trigger external_track_permanent before delete on relief.external_track for each row execute function relief.refuse('INV-25: an appeal is never deleted');
