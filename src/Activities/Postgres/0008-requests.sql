-- Requests for help that a human answers within 24 hours (P21).

-- INV-24: the breach is what the two times say.
create table relief.help_request (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  received_at timestamptz not null,
  channel text not null,
  area_code text not null,
  sender text not null,
  wording text not null,
  kind text check (kind in ('Emergency', 'Service', 'Question', 'Complaint')),
  status text not null check (status in ('Open', 'Answered', 'Merged')),
  merged_into text,
  feedback_at timestamptz,
  feedback_by text,
  feedback text,
  breached boolean not null,
  constraint help_request_answered check ((status = 'Answered') = (feedback_at is not null)),
  constraint help_request_merged check ((status = 'Merged') = (merged_into is not null)),
  constraint help_request_24_hours check (feedback_at is null or breached = (feedback_at - received_at > interval '24 hours'))
);
create index help_request_sender on relief.help_request (sender, received_at) where status = 'Open';
create index help_request_received on relief.help_request (county_code, received_at);
