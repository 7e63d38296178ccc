-- People who sign in with a password; the same text on both databases (instants are UTC milliseconds). Only the hash of a password is kept.
create table if not exists app_user (
  id text primary key,
  name text not null unique,
  roles text not null,
  password text not null,
  must_change bigint not null,
  failed bigint not null,
  locked_until bigint,
  created_at bigint not null,
  created_by text not null,
  disabled_at bigint);
create table if not exists user_session (
  hash text primary key,
  user_id text not null references app_user (id),
  created_at bigint not null,
  expires_at bigint not null);
create index if not exists user_session_user on user_session (user_id);
