-- Signed-in browsers; the same text on both databases (instants are UTC milliseconds). Only the hash of a session's token is kept.
create table if not exists api_session (
  hash text primary key,
  key_id text not null references api_key (id),
  created_at bigint not null,
  expires_at bigint not null);
create index if not exists api_session_expires on api_session (expires_at);
