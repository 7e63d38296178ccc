-- The audit trail is searched by time and by person.
create index audit_event_at on relief.audit_event (done_at, sequence, id);
create index audit_event_by on relief.audit_event (done_by, done_at);
