-- Comparison with partners' data (P17): rules by version, runs, files, hits; and what was discovered (P02).

create table relief.match_rule (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  version integer not null check (version > 0),
  partner text not null,
  data_set text not null,
  kind text not null,
  warning text not null check (warning in ('A', 'B', 'C', 'D')),
  severity integer not null check (severity between 1 and 3),
  ask text not null,
  purpose text not null check (purpose <> ''),
  legal_basis text not null check (legal_basis <> ''),
  unique (county_code, version, data_set)
);

create table relief.match_run (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  period text not null,
  monthly boolean not null,
  rule_version integer not null,
  status text not null check (status in ('Collecting', 'Matched', 'Reported')),
  fetch_until timestamptz not null,
  partial boolean not null,
  matched_at timestamptz,
  recipients integer,
  reported_at timestamptz,
  erased_at timestamptz,
  constraint match_run_matched check ((status = 'Collecting') = (matched_at is null) and (matched_at is null) = (recipients is null)),
  constraint match_run_reported check ((status = 'Reported') = (reported_at is not null)),
  constraint match_run_erased check (erased_at is null or matched_at is not null)
);
create unique index match_run_month on relief.match_run (county_code, period) where monthly;

-- A file is here once it was read to its end; only then its rows count.
create table relief.match_file (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  run_id text not null references relief.match_run (id),
  partner text not null,
  data_set text not null,
  form text not null check (form in ('DataSet', 'HitList')),
  version text not null,
  content_hash text not null,
  accepted integer not null check (accepted >= 0),
  repeated integer not null check (repeated >= 0),
  refused integer not null check (refused >= 0),
  unique (run_id, data_set, content_hash)
);

-- Partners' rows: pseudonyms and what the comparison needs, deleted when their time is over. Not in the model: only set-based statements touch them.
create table relief.match_row (
  run_id text not null,
  data_set text not null,
  row_hash text not null,
  file_id text not null,
  line integer not null,
  pseudonym text not null,
  event_on date,
  area_code text,
  reference text,
  primary key (run_id, data_set, row_hash)
);

-- Where and why a row was refused; nothing of what stood in it.
create table relief.match_refusal (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  run_id text not null,
  file_id text not null references relief.match_file (id),
  line integer not null,
  field text not null,
  reason text not null
);
create index match_refusal_file on relief.match_refusal (file_id, line);

create table relief.discovery (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  origin text not null check (origin in ('DataMatch', 'Grid', 'Visit', 'Check666', 'Hotline', 'Request', 'Doorbell', 'Report')),
  origin_id text not null,
  person_id text,
  person_ref text,
  seen text not null,
  risk text not null check (risk in ('Normal', 'High')),
  unique (origin, origin_id),
  constraint discovery_of_somebody check (person_id is not null or person_ref is not null)
);
create index discovery_county on relief.discovery (county_code, created_at);
create index discovery_person on relief.discovery (person_id);

create table relief.match_hit (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  run_id text not null references relief.match_run (id),
  file_id text not null references relief.match_file (id),
  data_set text not null,
  rule_version integer not null,
  line integer not null,
  kind text not null,
  warning text not null check (warning in ('A', 'B', 'C', 'D')),
  severity integer not null,
  who text not null,
  person_id text,
  reference text,
  event_on date,
  status text not null check (status in ('Suppressed', 'Open', 'Listed', 'Confirmed', 'NotConfirmed', 'Unreachable', 'Corrected')),
  suppressed text check (suppressed in ('AlreadyServed', 'AlreadyKnown', 'WarnedBefore', 'SamePerson')),
  followed_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  finding text,
  discovery_id text references relief.discovery (id),
  constraint match_hit_suppressed check ((status = 'Suppressed') = (suppressed is not null)),
  constraint match_hit_decided check ((status in ('Confirmed', 'NotConfirmed', 'Unreachable', 'Corrected')) = (decided_at is not null) and (decided_at is null) = (decided_by is null)),
  constraint match_hit_discovery check (discovery_id is null or (status = 'Confirmed' and warning in ('A', 'B')))
);
create index match_hit_who on relief.match_hit (county_code, who, kind, created_at);
create index match_hit_run on relief.match_hit (run_id, status);
