-- Simulations that are kept as tests of a definition; the same text on both databases (instants are UTC milliseconds). The body is JSON: plan and expectations.
create table if not exists saved_simulation (
  definition_id text not null,
  name text not null,
  body text not null,
  saved_at bigint not null,
  saved_by text not null,
  primary key (definition_id, name));
