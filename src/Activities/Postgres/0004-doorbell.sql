-- The love doorbell (爱心门铃, P22): devices, who is rung, alerts and every ring.

-- A gateway that speaks for many devices and signs for them.
create table relief.doorbell_gateway (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  name text not null,
  secret_sealed text not null,
  active boolean not null
);

-- A love doorbell (爱心门铃) at a household: what it is, whether it can be heard, and who may speak for it.
create table relief.doorbell_device (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  serial text not null unique,
  area_code text not null,
  household_id text,
  person_id text,
  place text not null,
  status text not null check (status in ('Stock', 'Installed', 'Commissioned', 'Faulty', 'Retired')),
  gateway_id text,
  secret_sealed text,
  heartbeat_at timestamptz,
  battery integer,
  signal integer,
  last_test_at timestamptz,
  commissioned_at timestamptz,
  away_until timestamptz,
  child_alone boolean not null,
  language text not null,
  medical_note_sealed text,
  access_note_sealed text,
  profile text not null,
  instance_id text
);

-- Somebody who is rung when a device alarms: tier, channels, and when not to.
create table relief.responder_link (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  device_id text not null references relief.doorbell_device (id),
  user_id text not null,
  name text not null,
  tier integer not null,
  ord integer not null,
  channels jsonb not null,
  availability jsonb not null,
  away_until timestamptz,
  key_holder boolean not null,
  vetted boolean not null,
  guardian boolean not null,
  active boolean not null,
  heard_at timestamptz
);

-- A signal that was taken in: its nonce is never taken again.
create table relief.doorbell_signal (
  id text not null primary key,
  device_id text not null,
  kind text not null,
  sent_at timestamptz not null,
  received_at timestamptz not null,
  alert_id text
);

-- One emergency at one household, from the press to the review. Its row is on disk before anybody is rung (INV-21).
create table relief.alert (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  device_id text not null references relief.doorbell_device (id),
  area_code text not null,
  person_id text,
  raised_at timestamptz not null,
  kind text not null,
  status text not null check (status in ('Raised', 'Notifying', 'Accepted', 'OnScene', 'Unanswered', 'Resolved', 'Closed')),
  tier integer not null,
  round integer not null,
  merged_count integer not null,
  pushes integer not null,
  accepter_id text,
  accepted_at timestamptz,
  on_scene_at timestamptz,
  no_entry_at timestamptz,
  self_cancelled_at timestamptz,
  emergency_call text,
  emergency_ref text,
  emergency_by text,
  emergency_at timestamptz,
  decline_reason text,
  decided_at timestamptz,
  unanswered_at timestamptz,
  outcome text check (outcome in ('FalseAlarm', 'Helped', 'Medical', 'FireOrViolence', 'Deceased')),
  outcome_note text,
  resolved_by text,
  resolved_how text,
  resolved_at timestamptz,
  reviewed_by text,
  reviewed_at timestamptz,
  closed_at timestamptz,
  instance_id text not null,
  picked_up_at timestamptz,
  fallback_at timestamptz,
  storm boolean not null,
  child_alone boolean not null,
  seconds text not null
);

-- Somebody who took an alert. At most one leads; after being late the lead may pass on, both stay recorded (INV-21).
create table relief.alert_responder (
  id text not null primary key,
  alert_id text not null references relief.alert (id),
  link_id text not null,
  accepted_at timestamptz not null,
  is_lead boolean not null,
  vetted boolean not null,
  late_at timestamptz,
  released_at timestamptz,
  on_scene_at timestamptz
);

-- One ring: who, by which channel, when, whether it arrived and what was answered.
create table relief.alert_notification (
  id text not null primary key,
  alert_id text not null references relief.alert (id),
  link_id text not null,
  target text not null,
  channel text not null,
  tier integer not null,
  round integer not null,
  sent_at timestamptz not null,
  sent_by text not null,
  receipt_at timestamptz,
  receipt_state text,
  response text,
  responded_at timestamptz,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- A test press: recorded, and no incident.
create table relief.heard_test (
  id text not null primary key,
  device_id text not null references relief.doorbell_device (id),
  kind text not null,
  started_at timestamptz not null,
  heard_by jsonb not null,
  finished_at timestamptz
);

create unique index alert_one_open on relief.alert (device_id) where resolved_at is null; -- a further press is merged
create unique index alert_responder_one_lead on relief.alert_responder (alert_id) where is_lead; -- INV-21
create index alert_open on relief.alert (raised_at) where closed_at is null;
create index alert_recent on relief.alert (county_code, raised_at);
create index alert_device on relief.alert (device_id, raised_at);
create index alert_responder_alert on relief.alert_responder (alert_id);
create index alert_notification_alert on relief.alert_notification (alert_id);
create index responder_link_device on relief.responder_link (device_id);
create index heard_test_device on relief.heard_test (device_id, started_at);
create index doorbell_signal_received on relief.doorbell_signal (received_at);

-- INV-21: an alert is closed only with an outcome and a review
create function relief.alert_closed_reviewed() returns trigger language plpgsql as $$
begin
  if new.closed_at is not null and (new.outcome is null or new.resolved_by is null or new.reviewed_at is null) then
    raise exception 'INV-21: an alert is closed only with an outcome and a review' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger alert_closed_reviewed before update on relief.alert for each row execute function relief.alert_closed_reviewed();

-- INV-21: how an alert ended is said once
create function relief.alert_outcome_stays() returns trigger language plpgsql as $$
begin
  if old.outcome is not null and (new.outcome is null or new.outcome <> old.outcome) then
    raise exception 'INV-21: how an alert ended is said once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger alert_outcome_stays before update on relief.alert for each row execute function relief.alert_outcome_stays();

-- INV-21: a device counts only when a responder has heard it
create function relief.doorbell_device_heard() returns trigger language plpgsql as $$
begin
  if new.status = 'Commissioned' and old.status <> 'Commissioned' and (new.last_test_at is null or not exists (select 1 from relief.responder_link l where l.device_id = new.id and l.active and l.heard_at is not null)) then
    raise exception 'INV-21: a device counts only when a responder has heard it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger doorbell_device_heard before update on relief.doorbell_device for each row execute function relief.doorbell_device_heard();

-- INV-21: a device that counts keeps a responder
create function relief.responder_link_last() returns trigger language plpgsql as $$
begin
  if old.active and not new.active and exists (select 1 from relief.doorbell_device d where d.id = new.device_id and d.status = 'Commissioned') and not exists (select 1 from relief.responder_link l where l.device_id = new.device_id and l.id <> new.id and l.active) then
    raise exception 'INV-21: a device that counts keeps a responder' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger responder_link_last before update on relief.responder_link for each row execute function relief.responder_link_last();

-- INV-21: a device is installed and heard before it counts
create function relief.doorbell_device_new() returns trigger language plpgsql as $$
begin
  if new.status = 'Commissioned' then
    raise exception 'INV-21: a device is installed and heard before it counts' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger doorbell_device_new before insert on relief.doorbell_device for each row execute function relief.doorbell_device_new();
