-- The love doorbell (爱心门铃, P22): devices, who is rung, alerts and every ring.

-- A gateway that speaks for many devices and signs for them.
create table relief_doorbell_gateway (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  name text not null,
  secret_sealed text not null,
  active integer not null check (active in (0, 1))
);

-- A love doorbell (爱心门铃) at a household: what it is, whether it can be heard, and who may speak for it.
create table relief_doorbell_device (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  serial text not null unique,
  area_code text not null,
  household_id text,
  person_id text,
  place text not null,
  status text not null check (status in ('Stock', 'Installed', 'Commissioned', 'Faulty', 'Retired')),
  gateway_id text,
  secret_sealed text,
  heartbeat_at integer,
  battery integer,
  signal integer,
  last_test_at integer,
  commissioned_at integer,
  away_until integer,
  child_alone integer not null check (child_alone in (0, 1)),
  language text not null,
  medical_note_sealed text,
  access_note_sealed text,
  profile text not null,
  instance_id text
);

-- Somebody who is rung when a device alarms: tier, channels, and when not to.
create table relief_responder_link (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  device_id text not null references relief_doorbell_device (id),
  user_id text not null,
  name text not null,
  tier integer not null,
  ord integer not null,
  channels text not null,
  availability text not null,
  away_until integer,
  key_holder integer not null check (key_holder in (0, 1)),
  vetted integer not null check (vetted in (0, 1)),
  guardian integer not null check (guardian in (0, 1)),
  active integer not null check (active in (0, 1)),
  heard_at integer
);

-- A signal that was taken in: its nonce is never taken again.
create table relief_doorbell_signal (
  id text not null primary key,
  device_id text not null,
  kind text not null,
  sent_at integer not null,
  received_at integer not null,
  alert_id text
);

-- One emergency at one household, from the press to the review. Its row is on disk before anybody is rung (INV-21).
create table relief_alert (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  device_id text not null references relief_doorbell_device (id),
  area_code text not null,
  person_id text,
  raised_at integer not null,
  kind text not null,
  status text not null check (status in ('Raised', 'Notifying', 'Accepted', 'OnScene', 'Unanswered', 'Resolved', 'Closed')),
  tier integer not null,
  round integer not null,
  merged_count integer not null,
  pushes integer not null,
  accepter_id text,
  accepted_at integer,
  on_scene_at integer,
  no_entry_at integer,
  self_cancelled_at integer,
  emergency_call text,
  emergency_ref text,
  emergency_by text,
  emergency_at integer,
  decline_reason text,
  decided_at integer,
  unanswered_at integer,
  outcome text check (outcome in ('FalseAlarm', 'Helped', 'Medical', 'FireOrViolence', 'Deceased')),
  outcome_note text,
  resolved_by text,
  resolved_how text,
  resolved_at integer,
  reviewed_by text,
  reviewed_at integer,
  closed_at integer,
  instance_id text not null,
  picked_up_at integer,
  fallback_at integer,
  storm integer not null check (storm in (0, 1)),
  child_alone integer not null check (child_alone in (0, 1)),
  seconds text not null
);

-- Somebody who took an alert. At most one leads; after being late the lead may pass on, both stay recorded (INV-21).
create table relief_alert_responder (
  id text not null primary key,
  alert_id text not null references relief_alert (id),
  link_id text not null,
  accepted_at integer not null,
  is_lead integer not null check (is_lead in (0, 1)),
  vetted integer not null check (vetted in (0, 1)),
  late_at integer,
  released_at integer,
  on_scene_at integer
);

-- One ring: who, by which channel, when, whether it arrived and what was answered.
create table relief_alert_notification (
  id text not null primary key,
  alert_id text not null references relief_alert (id),
  link_id text not null,
  target text not null,
  channel text not null,
  tier integer not null,
  round integer not null,
  sent_at integer not null,
  sent_by text not null,
  receipt_at integer,
  receipt_state text,
  response text,
  responded_at integer,
  expires_at integer not null,
  used_at integer
);

-- A test press: recorded, and no incident.
create table relief_heard_test (
  id text not null primary key,
  device_id text not null references relief_doorbell_device (id),
  kind text not null,
  started_at integer not null,
  heard_by text not null,
  finished_at integer
);

create unique index alert_one_open on relief_alert (device_id) where resolved_at is null; -- a further press is merged
create unique index alert_responder_one_lead on relief_alert_responder (alert_id) where is_lead = 1; -- INV-21
create index alert_open on relief_alert (raised_at) where closed_at is null;
create index alert_recent on relief_alert (county_code, raised_at);
create index alert_device on relief_alert (device_id, raised_at);
create index alert_responder_alert on relief_alert_responder (alert_id);
create index alert_notification_alert on relief_alert_notification (alert_id);
create index responder_link_device on relief_responder_link (device_id);
create index heard_test_device on relief_heard_test (device_id, started_at);
create index doorbell_signal_received on relief_doorbell_signal (received_at);

-- INV-21: an alert is closed only with an outcome and a review
create trigger relief_alert_closed_reviewed before update on relief_alert
when new.closed_at is not null and (new.outcome is null or new.resolved_by is null or new.reviewed_at is null)
begin
  select raise(abort, 'INV-21: an alert is closed only with an outcome and a review');
end;

-- INV-21: how an alert ended is said once
create trigger relief_alert_outcome_stays before update on relief_alert
when old.outcome is not null and (new.outcome is null or new.outcome <> old.outcome)
begin
  select raise(abort, 'INV-21: how an alert ended is said once');
end;

-- INV-21: a device counts only when a responder has heard it
create trigger relief_doorbell_device_heard before update on relief_doorbell_device
when new.status = 'Commissioned' and old.status <> 'Commissioned' and (new.last_test_at is null or not exists (select 1 from relief_responder_link l where l.device_id = new.id and l.active = 1 and l.heard_at is not null))
begin
  select raise(abort, 'INV-21: a device counts only when a responder has heard it');
end;

-- INV-21: a device that counts keeps a responder
create trigger relief_responder_link_last before update on relief_responder_link
when old.active = 1 and new.active = 0 and exists (select 1 from relief_doorbell_device d where d.id = new.device_id and d.status = 'Commissioned') and not exists (select 1 from relief_responder_link l where l.device_id = new.device_id and l.id <> new.id and l.active = 1)
begin
  select raise(abort, 'INV-21: a device that counts keeps a responder');
end;

-- INV-21: a device is installed and heard before it counts
create trigger relief_doorbell_device_new before insert on relief_doorbell_device
when new.status = 'Commissioned'
begin
  select raise(abort, 'INV-21: a device is installed and heard before it counts');
end;
