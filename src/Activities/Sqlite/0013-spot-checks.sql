-- Spot checks (P14): a draw that anybody can reckon again, what was found, the year's share; and what a finding does to the money.

-- Money of a record does not move while this stands; it is never deleted, only lifted.
create table relief_record_freeze (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  record_id text not null unique,
  reason text not null,
  lifted_at integer,
  lifted_by text,
  constraint record_freeze_lifted check ((lifted_at is null) = (lifted_by is null))
);

-- That a paid line is taken back, by the county's approval; the next batch of the same township and supplier carries it.
create table relief_line_correction (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  line_id text not null unique references relief_settlement_line (id),
  township_code text not null,
  supplier_id text not null,
  reason text not null,
  approved_by text not null,
  constraint line_correction_by_two check (approved_by <> created_by)
);
create index relief_line_correction_next on relief_line_correction (township_code, supplier_id);
create unique index relief_settlement_line_corrected_once on relief_settlement_line (orig_line_id) where kind = 'Correction' and status <> 'Rejected';

-- One draw: with its seed and the strata's members anybody can reckon it again.
create table relief_spot_check_plan (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  year integer not null,
  kind text not null check (kind in ('Monthly', 'TopUp')),
  period_from text not null,
  period_to text not null,
  ratio integer not null check (ratio between 1 and 100),
  seed text not null,
  population_hash text not null,
  services integer not null,
  sample integer not null,
  idem_key text not null,
  unique (idem_key),
  constraint spot_check_plan_period check (period_to >= period_from)
);
create unique index relief_spot_check_plan_month on relief_spot_check_plan (county_code, period_from) where kind = 'Monthly';
create index relief_spot_check_plan_year on relief_spot_check_plan (county_code, year);

-- Township x supplier x mode of a draw: how many services, how many were checked or drawn before, how many are drawn now, out of whom.
create table relief_spot_check_stratum (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  plan_id text not null references relief_spot_check_plan (id),
  township_code text not null,
  supplier_id text not null,
  mode text not null,
  services integer not null,
  done integer not null,
  sample integer not null,
  members text not null,
  unique (plan_id, township_code, supplier_id, mode)
);

-- One service that is to be checked.
create table relief_spot_check_item (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  plan_id text not null references relief_spot_check_plan (id),
  stratum_id text not null references relief_spot_check_stratum (id),
  record_id text not null references relief_service_record (id),
  order_id text not null,
  rank integer not null,
  origin text not null check (origin in ('Random', 'Reserve', 'Risk')),
  direct integer not null check (direct in (0, 1)),
  replaces_id text,
  unique (plan_id, record_id),
  unique (replaces_id),
  constraint spot_check_item_replaces check ((origin = 'Reserve') = (replaces_id is not null))
);
create unique index relief_spot_check_item_once on relief_spot_check_item (record_id) where origin <> 'Risk';

-- What an inspector found, once for each item.
create table relief_spot_check_finding (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  item_id text not null unique references relief_spot_check_item (id),
  result text not null check (result in ('Pass', 'Minor', 'Major', 'CannotVerify')),
  method text not null check (method in ('HomeVisit', 'Phone', 'Video', 'RecordReview')),
  happened integer check (happened in (0, 1)),
  same_worker integer check (same_worker in (0, 1)),
  charged integer check (charged in (0, 1)),
  satisfaction integer check (satisfaction between 1 and 5),
  findings text not null,
  evidence text not null,
  constraint spot_check_finding_told check (result = 'Pass' or length(trim(findings)) > 0),
  constraint spot_check_finding_happened check (result in ('Major', 'CannotVerify') or happened)
);

-- A county's year: closed when enough of its services were checked.
create table relief_spot_check_year (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  year integer not null,
  ratio integer not null check (ratio between 1 and 100),
  status text not null check (status in ('Open', 'Closed')),
  services integer not null,
  checked integer not null,
  closed_at integer,
  reopened integer not null,
  unique (county_code, year),
  constraint spot_check_year_closed check (status = 'Open' or closed_at is not null)
);

-- How a supplier or a township did in a period, as it was confirmed.
create table relief_evaluation (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  kind text not null check (kind in ('Supplier', 'Township')),
  unit_code text not null,
  period_from text not null,
  period_to text not null,
  services integer not null,
  timely integer not null,
  quality integer not null,
  checked integer,
  content integer,
  trained integer,
  complaints integer not null,
  score integer not null check (score between 0 and 10000),
  unique (kind, unit_code, period_from, period_to)
);
create index relief_evaluation_county on relief_evaluation (county_code, period_to);

-- INV-14: a draw is never changed or deleted; draw again
create trigger relief_spot_check_plan_permanent_update before update on relief_spot_check_plan
begin
  select raise(abort, 'INV-14: a draw is never changed or deleted; draw again');
end;
create trigger relief_spot_check_plan_permanent_delete before delete on relief_spot_check_plan
begin
  select raise(abort, 'INV-14: a draw is never changed or deleted; draw again');
end;

-- INV-14: a stratum of a draw is never changed or deleted
create trigger relief_spot_check_stratum_permanent_update before update on relief_spot_check_stratum
begin
  select raise(abort, 'INV-14: a stratum of a draw is never changed or deleted');
end;
create trigger relief_spot_check_stratum_permanent_delete before delete on relief_spot_check_stratum
begin
  select raise(abort, 'INV-14: a stratum of a draw is never changed or deleted');
end;

-- INV-14: a drawn item is never changed or deleted
create trigger relief_spot_check_item_permanent_update before update on relief_spot_check_item
begin
  select raise(abort, 'INV-14: a drawn item is never changed or deleted');
end;
create trigger relief_spot_check_item_permanent_delete before delete on relief_spot_check_item
begin
  select raise(abort, 'INV-14: a drawn item is never changed or deleted');
end;

-- INV-14: a finding is never changed or deleted
create trigger relief_spot_check_finding_permanent_update before update on relief_spot_check_finding
begin
  select raise(abort, 'INV-14: a finding is never changed or deleted');
end;
create trigger relief_spot_check_finding_permanent_delete before delete on relief_spot_check_finding
begin
  select raise(abort, 'INV-14: a finding is never changed or deleted');
end;

-- INV-25: a correction is never changed or deleted
create trigger relief_line_correction_permanent_update before update on relief_line_correction
begin
  select raise(abort, 'INV-25: a correction is never changed or deleted');
end;
create trigger relief_line_correction_permanent_delete before delete on relief_line_correction
begin
  select raise(abort, 'INV-25: a correction is never changed or deleted');
end;

-- INV-29: a confirmed evaluation is never changed; reckon another period
create trigger relief_evaluation_permanent_update before update on relief_evaluation
begin
  select raise(abort, 'INV-29: a confirmed evaluation is never changed; reckon another period');
end;
create trigger relief_evaluation_permanent_delete before delete on relief_evaluation
begin
  select raise(abort, 'INV-29: a confirmed evaluation is never changed; reckon another period');
end;

-- INV-25: a freeze is lifted, never deleted
create trigger relief_record_freeze_permanent_delete before delete on relief_record_freeze
begin
  select raise(abort, 'INV-25: a freeze is lifted, never deleted');
end;

-- INV-14: a year is never deleted
create trigger relief_spot_check_year_permanent_delete before delete on relief_spot_check_year
begin
  select raise(abort, 'INV-14: a year is never deleted');
end;

-- INV-09: who checks has no part in the case
create trigger relief_spot_check_finding_independent before insert on relief_spot_check_finding
when exists (
      select 1 from relief_spot_check_item i join relief_service_order o on o.id = i.order_id
      where i.id = new.item_id and (
        exists (select 1 from relief_survey_signer s join relief_survey_record v on v.id = s.survey_id where v.case_id = o.case_id and s.staff_id = new.created_by)
        or exists (select 1 from relief_decision_record d where d.case_id = o.case_id and d.decided_by = new.created_by)
        or exists (select 1 from relief_settlement_line l join relief_settlement_batch b on b.id = l.batch_id where l.order_id = o.id and new.created_by in (b.clerk, b.approver))))
begin
  select raise(abort, 'INV-09: who checks has no part in the case');
end;

-- INV-14: a direct contact was drawn, papers alone do not do
create trigger relief_spot_check_finding_direct before insert on relief_spot_check_finding
when new.method = 'RecordReview' and new.result <> 'CannotVerify' and exists (
      select 1 from relief_spot_check_item i where i.id = new.item_id and i.direct = 1)
begin
  select raise(abort, 'INV-14: a direct contact was drawn, papers alone do not do');
end;

-- INV-14: a year is closed when its share of services was checked
create trigger relief_spot_check_year_share before update on relief_spot_check_year
when new.status = 'Closed' and 100 * (select count(*) from relief_service_record r where r.county_code = new.county_code and cast(strftime('%Y', r.service_date) as integer) = new.year and r.status <> 'Voided' and exists (
      select 1 from relief_spot_check_item i join relief_spot_check_finding f on f.item_id = i.id
      where i.record_id = r.id and i.origin <> 'Risk' and f.result <> 'CannotVerify')) < new.ratio * (select count(*) from relief_service_record r where r.county_code = new.county_code and cast(strftime('%Y', r.service_date) as integer) = new.year and r.status <> 'Voided')
begin
  select raise(abort, 'INV-14: a year is closed when its share of services was checked');
end;

-- INV-14: a year begins open
create trigger relief_spot_check_year_opens before insert on relief_spot_check_year
when new.status <> 'Open'
begin
  select raise(abort, 'INV-14: a year begins open');
end;

-- INV-05: a line of a frozen record is not paid
create trigger relief_settlement_line_frozen before update on relief_settlement_line
when new.status in ('Approved', 'Paid') and old.status <> 'Approved' and new.status <> old.status and exists (
      select 1 from relief_record_freeze f where f.record_id = new.record_id and f.lifted_at is null)
begin
  select raise(abort, 'INV-05: a line of a frozen record is not paid');
end;

-- INV-05: a correction takes back a paid line, whole, by the approval of the county
create trigger relief_settlement_line_corrects before insert on relief_settlement_line
when new.kind = 'Correction' and not exists (
      select 1 from relief_line_correction c join relief_settlement_line l on l.id = c.line_id
      where c.line_id = new.orig_line_id and l.status = 'Paid' and new.amount = -l.amount and new.record_id is null)
begin
  select raise(abort, 'INV-05: a correction takes back a paid line, whole, by the approval of the county');
end;

-- E23: a service that comes after the year was closed opens it again, whoever writes it
create trigger relief_service_record_reopens after insert on relief_service_record
begin
  update relief_spot_check_year set status = 'Open', reopened = reopened + 1
  where county_code = new.county_code and year = cast(strftime('%Y', new.service_date) as integer) and status = 'Closed';
end;
