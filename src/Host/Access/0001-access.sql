-- Keys of external applications; the same text on both databases (instants are UTC milliseconds). Only the hash of a key is kept.
create table if not exists api_key (
  id text primary key,
  name text not null unique,
  hash text not null unique,
  roles text not null,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint,
  revoked_at bigint);
