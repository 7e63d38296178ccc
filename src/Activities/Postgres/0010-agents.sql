-- Help on behalf of persons: mandates, errands, and the links by which relatives hand in papers (P20, S28).

create table relief.help_mandate (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  person_ref text not null,
  relative_ref text,
  wording text not null,
  person_id text,
  case_id text,
  status text not null check (status in ('Asked', 'Assigned', 'Given', 'Ended')),
  agent_id text,
  assigned_at timestamptz,
  assigned_by text,
  given_at timestamptz,
  given_by text check (given_by in ('Person', 'Guardian', 'VillageCommittee')),
  form text check (form in ('Written', 'Voice', 'Video')),
  evidence text,
  ends_at timestamptz,
  reviewed_at timestamptz,
  read_back text,
  read_back_by text,
  ended_at timestamptz,
  end_reason text check (end_reason in ('Done', 'Expired', 'Revoked', 'Declined')),
  handed_over text,
  constraint help_mandate_assigned check ((agent_id is null) = (assigned_at is null)),
  constraint help_mandate_given check ((given_at is null) = (given_by is null) and (given_at is null) = (form is null) and (given_at is null) = (evidence is null) and (given_at is null) = (ends_at is null)),
  constraint help_mandate_stands check (status not in ('Assigned', 'Given') or agent_id is not null),
  constraint help_mandate_in_force check (status <> 'Given' or given_at is not null),
  constraint help_mandate_ended check ((status = 'Ended') = (ended_at is not null) and (ended_at is null) = (end_reason is null)),
  constraint help_mandate_read_back check ((read_back is null) = (read_back_by is null))
);
create index help_mandate_county on relief.help_mandate (county_code, created_at);

-- Nobody is sent to a hospital without a ground, and no agent keeps a bank card.
create table relief.help_errand (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  mandate_id text not null references relief.help_mandate (id),
  kind text not null check (kind in ('Hospital', 'Hukou', 'IdCard', 'DisabilityCertificate', 'BankCard', 'Forms')),
  ord integer not null,
  status text not null check (status in ('Open', 'Done', 'Blocked', 'Dropped')),
  receipt text,
  ground text check (ground in ('OwnWill', 'CloseRelatives', 'FoundWithoutSupport', 'Danger')),
  ground_reference text,
  kept_by text check (kept_by in ('Person', 'Guardian', 'AgentPassbook')),
  agreement text,
  reason text,
  decided_at timestamptz,
  decided_by text,
  unique (mandate_id, kind),
  constraint help_errand_done check (status <> 'Done' or receipt is not null),
  constraint help_errand_ground check (kind <> 'Hospital' or status <> 'Done' or (ground is not null and ground_reference is not null)),
  constraint help_errand_bank_card check (kind <> 'BankCard' or status <> 'Done' or (kept_by is not null and (kept_by <> 'AgentPassbook' or agreement is not null))),
  constraint help_errand_reason check (status not in ('Blocked', 'Dropped') or reason is not null),
  constraint help_errand_decided check ((decided_at is null) = (decided_by is null))
);

create table relief.paper_link (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  mandate_id text not null references relief.help_mandate (id),
  kinds jsonb not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  papers jsonb not null
);
create index paper_link_mandate on relief.paper_link (mandate_id);
