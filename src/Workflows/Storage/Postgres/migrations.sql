-- Where the engine's tables live, and which numbered files made them.
create schema if not exists flow;
create schema if not exists relief;
create table if not exists flow.migration (number int primary key, name text not null, applied_at timestamptz not null default statement_timestamp());
