-- For which areas and organisations a key of relief roles may see records; the same text on both databases (a JSON list of codes).
create table if not exists api_key_units (
  key_id text primary key references api_key (id),
  units text not null);
