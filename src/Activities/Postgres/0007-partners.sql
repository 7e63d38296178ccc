-- Goods that charities and party branches give: no money of F1 to F8 moves with them.
create table relief.in_kind_entry (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  donor_id text not null,
  goods text not null,
  quantity bigint not null,
  value bigint not null,
  receiver_id text not null,
  receipt text not null,
  given_on date not null,
  order_id text not null,
  corrects_id text,
  idem_key text not null,
  unique (idem_key),
  unique (corrects_id),
  constraint in_kind_entry_worth check ((corrects_id is null and value > 0 and quantity > 0) or (corrects_id is not null and value < 0 and quantity < 0)),
  constraint in_kind_entry_has_receipt check (length(trim(receipt)) > 0)
);
create unique index in_kind_entry_receipt on relief.in_kind_entry (donor_id, receipt) where corrects_id is null;
create index in_kind_entry_order on relief.in_kind_entry (order_id);
create index in_kind_entry_year on relief.in_kind_entry (county_code, given_on);

-- INV-25: a line of the in-kind ledger is never changed or deleted; book the opposite
create trigger in_kind_entry_permanent before update or delete on relief.in_kind_entry
  for each row execute function relief.refuse('INV-25: a line of the in-kind ledger is never changed or deleted; book the opposite');

-- INV-25: a correction takes a line back as it stands
create function relief.in_kind_entry_opposite() returns trigger language plpgsql as $$
begin
  if new.corrects_id is not null and not exists (
    select 1 from relief.in_kind_entry e
    where e.id = new.corrects_id and e.corrects_id is null and e.value = -new.value and e.quantity = -new.quantity and e.donor_id = new.donor_id and e.receiver_id = new.receiver_id) then
    raise exception 'INV-25: a correction takes a line back as it stands' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger in_kind_entry_opposite before insert on relief.in_kind_entry
  for each row execute function relief.in_kind_entry_opposite();

-- A project that a charity has published.
create table relief.charity_project (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  charity_id text not null,
  name text not null,
  kind text not null check (kind in ('Visit', 'Goods', 'VolunteerHelp', 'Money')),
  item_codes jsonb not null,
  person_classes jsonb not null,
  categories jsonb not null,
  capacity integer not null check (capacity > 0),
  valid_from date not null,
  valid_to date not null,
  contact text not null,
  idem_key text not null,
  unique (idem_key),
  constraint charity_project_period check (valid_to >= valid_from)
);

-- A person's answer to one receiver of their data (PIPL art. 23).
create table relief.data_consent (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  order_id text not null,
  recipient_id text not null,
  granted boolean not null,
  form text not null,
  given_by text not null,
  withdrawn_at timestamptz,
  unique (order_id, recipient_id)
);

-- A list of names sent to a charity: by two officers, deleted in the end (INV-26).
create table relief.charity_list (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  project_id text not null,
  charity_id text not null,
  number integer not null,
  status text not null check (status in ('Open', 'Compiled', 'Sent', 'Finished', 'Deleted')),
  compiled_by text,
  checked_by text,
  content_hash text,
  sent_at timestamptz,
  finished_at timestamptz,
  certificate text,
  deleted_at timestamptz,
  unique (project_id, number),
  constraint charity_list_four_eyes check (checked_by is null or checked_by <> compiled_by),
  constraint charity_list_sent_by_two check (status in ('Open', 'Compiled') or (compiled_by is not null and checked_by is not null and sent_at is not null and content_hash is not null)),
  constraint charity_list_finished check (status not in ('Finished', 'Deleted') or finished_at is not null),
  constraint charity_list_deleted_with_certificate check (status <> 'Deleted' or (deleted_at is not null and certificate is not null))
);

-- One person on a charity's list.
create table relief.charity_nomination (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  list_id text not null,
  project_id text not null,
  charity_id text not null,
  order_id text not null,
  person_id text not null,
  consent_id text not null,
  status text not null check (status in ('Nominated', 'Queued', 'Accepted', 'Declined', 'Delivered', 'Withdrawn')),
  reason text,
  plan text,
  answered_at timestamptz,
  delivered_on date,
  value bigint,
  receipt text,
  unique (order_id, project_id),
  constraint charity_nomination_declined_with_reason check (status <> 'Declined' or reason is not null),
  constraint charity_nomination_delivered_with_receipt check (status <> 'Delivered' or (delivered_on is not null and receipt is not null))
);

-- Whether a person was at one session of what a member unit or agency gives.
create table relief.attendance (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  held_on date not null,
  attended boolean not null,
  reason text,
  unique (order_id, held_on)
);

-- Somebody of the Red Vest team of one order.
create table relief.team_member (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  staff_id text not null,
  role text not null check (role in ('Assistant', 'SocialWorker', 'Volunteer')),
  left_at timestamptz,
  left_because text,
  constraint team_member_left_because check (left_at is null or left_because is not null)
);

-- A Red Vest team's assessment: six dimensions and the risk.
create table relief.precise_assessment (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  life integer not null check (life between 1 and 5),
  health integer not null check (health between 1 and 5),
  family integer not null check (family between 1 and 5),
  mind integer not null check (mind between 1 and 5),
  social integer not null check (social between 1 and 5),
  capability integer not null check (capability between 1 and 5),
  risk text not null check (risk in ('Low', 'Medium', 'High', 'Danger')),
  risk_reason text not null
);

-- A session of a Red Vest team; the note is confidential.
create table relief.help_session (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  held_on date not null,
  volunteer_id text,
  hours bigint not null check (hours > 0),
  task text not null,
  note text,
  idem_key text not null,
  unique (idem_key)
);

-- A review of the goals of a household plan.
create table relief.goal_review (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  decision text not null check (decision in ('Continue', 'Adjust', 'GoalMet', 'Transfer')),
  attainment integer not null check (attainment between 0 and 100)
);

-- Something that went wrong and that a unit looks into (P15).
create table relief.ticket (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  kind text not null,
  subject text not null,
  reason text not null,
  unit_code text not null,
  due_at timestamptz not null,
  status text not null check (status in ('Open', 'Settled')),
  outcome text,
  measures text,
  settled_by text,
  settled_at timestamptz,
  idem_key text not null,
  unique (idem_key),
  constraint ticket_settled check (status = 'Open' or (outcome is not null and settled_by is not null and settled_at is not null))
);

create unique index team_member_once on relief.team_member (order_id, staff_id, role) where left_at is null;
create index help_session_volunteer on relief.help_session (volunteer_id, held_on);
create index help_session_order on relief.help_session (order_id);
create index charity_nomination_list on relief.charity_nomination (list_id);
create index charity_list_project on relief.charity_list (project_id);
create index ticket_county on relief.ticket (county_code, status);

-- CZ-100: no assessment without an assistant, a social worker and a volunteer
create function relief.precise_assessment_by_a_team() returns trigger language plpgsql as $$
begin
  if (
    select count(distinct m.role) from relief.team_member m where m.order_id = new.order_id and m.left_at is null) < 3 then
    raise exception 'CZ-100: no assessment without an assistant, a social worker and a volunteer' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger precise_assessment_by_a_team before insert on relief.precise_assessment
  for each row execute function relief.precise_assessment_by_a_team();

-- CZ-100: a session is written by the social worker of the team, with a volunteer of it
create function relief.help_session_by_the_team() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from relief.team_member m where m.order_id = new.order_id and m.left_at is null and m.role = 'SocialWorker' and m.staff_id = new.created_by)
  or (new.volunteer_id is not null and not exists (
    select 1 from relief.team_member m where m.order_id = new.order_id and m.left_at is null and m.role = 'Volunteer' and m.staff_id = new.volunteer_id)) then
    raise exception 'CZ-100: a session is written by the social worker of the team, with a volunteer of it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger help_session_by_the_team before insert on relief.help_session
  for each row execute function relief.help_session_by_the_team();

-- INV-25: an assessment is not changed; assess again
create function relief.precise_assessment_kept() returns trigger language plpgsql as $$
begin
  if old.id = old.id then
    raise exception 'INV-25: an assessment is not changed; assess again' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger precise_assessment_kept before update on relief.precise_assessment
  for each row execute function relief.precise_assessment_kept();

-- INV-25: a session that was held is not changed
create function relief.help_session_kept() returns trigger language plpgsql as $$
begin
  if old.id = old.id then
    raise exception 'INV-25: a session that was held is not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger help_session_kept before update on relief.help_session
  for each row execute function relief.help_session_kept();

-- INV-26: no name on a list without a consent to this charity
create function relief.charity_nomination_consented() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from relief.data_consent c where c.id = new.consent_id and c.order_id = new.order_id and c.recipient_id = new.charity_id and c.granted and c.withdrawn_at is null) then
    raise exception 'INV-26: no name on a list without a consent to this charity' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger charity_nomination_consented before insert on relief.charity_nomination
  for each row execute function relief.charity_nomination_consented();

-- INV-26: names go on an open list only
create function relief.charity_nomination_open_list() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from relief.charity_list l where l.id = new.list_id and l.status = 'Open' and l.charity_id = new.charity_id and l.project_id = new.project_id) then
    raise exception 'INV-26: names go on an open list only' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger charity_nomination_open_list before insert on relief.charity_nomination
  for each row execute function relief.charity_nomination_open_list();

-- INV-26: a list that was sent stays sent, and a deleted one deleted
create function relief.charity_list_kept() returns trigger language plpgsql as $$
begin
  if (old.status in ('Sent', 'Finished', 'Deleted') and new.status in ('Open', 'Compiled')) or (old.status in ('Finished', 'Deleted') and new.status = 'Sent') or (old.status = 'Deleted' and new.status <> 'Deleted') then
    raise exception 'INV-26: a list that was sent stays sent, and a deleted one deleted' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger charity_list_kept before update on relief.charity_list
  for each row execute function relief.charity_list_kept();

-- INV-25: an answer about consent is not changed; it may be taken back
create function relief.data_consent_kept() returns trigger language plpgsql as $$
begin
  if old.granted <> new.granted or old.person_id <> new.person_id or old.recipient_id <> new.recipient_id or old.order_id <> new.order_id then
    raise exception 'INV-25: an answer about consent is not changed; it may be taken back' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger data_consent_kept before update on relief.data_consent
  for each row execute function relief.data_consent_kept();

-- INV-25: a settled ticket is not changed
create function relief.ticket_kept() returns trigger language plpgsql as $$
begin
  if old.status = 'Settled' then
    raise exception 'INV-25: a settled ticket is not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ticket_kept before update on relief.ticket
  for each row execute function relief.ticket_kept();

-- INV-25: an assessment is not deleted
create trigger precise_assessment_permanent before delete on relief.precise_assessment
  for each row execute function relief.refuse('INV-25: an assessment is not deleted');

-- INV-25: a session is not deleted
create trigger help_session_permanent before delete on relief.help_session
  for each row execute function relief.refuse('INV-25: a session is not deleted');

-- INV-25: a review of goals is not deleted
create trigger goal_review_permanent before delete on relief.goal_review
  for each row execute function relief.refuse('INV-25: a review of goals is not deleted');

-- INV-25: an answer about consent is not deleted
create trigger data_consent_permanent before delete on relief.data_consent
  for each row execute function relief.refuse('INV-25: an answer about consent is not deleted');

-- INV-25: a ticket is not deleted
create trigger ticket_permanent before delete on relief.ticket
  for each row execute function relief.refuse('INV-25: a ticket is not deleted');

-- INV-25: a session that was held is not deleted
create trigger attendance_permanent before delete on relief.attendance
  for each row execute function relief.refuse('INV-25: a session that was held is not deleted');

-- INV-25: a list is not deleted; the charity deletes its names
create trigger charity_list_permanent before delete on relief.charity_list
  for each row execute function relief.refuse('INV-25: a list is not deleted; the charity deletes its names');

-- INV-25: a name on a list is not deleted
create trigger charity_nomination_permanent before delete on relief.charity_nomination
  for each row execute function relief.refuse('INV-25: a name on a list is not deleted');
