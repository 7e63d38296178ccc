-- Spot checks (P14): a draw that anybody can reckon again, what was found, the year's share; and what a finding does to the money.

-- Money of a record does not move while this stands; it is never deleted, only lifted.
create table relief.record_freeze (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  record_id text not null unique,
  reason text not null,
  lifted_at timestamptz,
  lifted_by text,
  constraint record_freeze_lifted check ((lifted_at is null) = (lifted_by is null))
);

-- That a paid line is taken back, by the county's approval; the next batch of the same township and supplier carries it.
create table relief.line_correction (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  line_id text not null unique references relief.settlement_line (id),
  township_code text not null,
  supplier_id text not null,
  reason text not null,
  approved_by text not null,
  constraint line_correction_by_two check (approved_by <> created_by)
);
create index line_correction_next on relief.line_correction (township_code, supplier_id);
create unique index settlement_line_corrected_once on relief.settlement_line (orig_line_id) where kind = 'Correction' and status <> 'Rejected';

-- One draw: with its seed and the strata's members anybody can reckon it again.
create table relief.spot_check_plan (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  year integer not null,
  kind text not null check (kind in ('Monthly', 'TopUp')),
  period_from date not null,
  period_to date not null,
  ratio bigint not null check (ratio between 1 and 100),
  seed text not null,
  population_hash text not null,
  services integer not null,
  sample integer not null,
  idem_key text not null,
  unique (idem_key),
  constraint spot_check_plan_period check (period_to >= period_from)
);
create unique index spot_check_plan_month on relief.spot_check_plan (county_code, period_from) where kind = 'Monthly';
create index spot_check_plan_year on relief.spot_check_plan (county_code, year);

-- Township x supplier x mode of a draw: how many services, how many were checked or drawn before, how many are drawn now, out of whom.
create table relief.spot_check_stratum (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  plan_id text not null references relief.spot_check_plan (id),
  township_code text not null,
  supplier_id text not null,
  mode text not null,
  services integer not null,
  done integer not null,
  sample integer not null,
  members jsonb not null,
  unique (plan_id, township_code, supplier_id, mode)
);

-- One service that is to be checked.
create table relief.spot_check_item (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  plan_id text not null references relief.spot_check_plan (id),
  stratum_id text not null references relief.spot_check_stratum (id),
  record_id text not null references relief.service_record (id),
  order_id text not null,
  rank integer not null,
  origin text not null check (origin in ('Random', 'Reserve', 'Risk')),
  direct boolean not null,
  replaces_id text,
  unique (plan_id, record_id),
  unique (replaces_id),
  constraint spot_check_item_replaces check ((origin = 'Reserve') = (replaces_id is not null))
);
create unique index spot_check_item_once on relief.spot_check_item (record_id) where origin <> 'Risk';

-- What an inspector found, once for each item.
create table relief.spot_check_finding (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  item_id text not null unique references relief.spot_check_item (id),
  result text not null check (result in ('Pass', 'Minor', 'Major', 'CannotVerify')),
  method text not null check (method in ('HomeVisit', 'Phone', 'Video', 'RecordReview')),
  happened boolean,
  same_worker boolean,
  charged boolean,
  satisfaction integer check (satisfaction between 1 and 5),
  findings text not null,
  evidence jsonb not null,
  constraint spot_check_finding_told check (result = 'Pass' or length(trim(findings)) > 0),
  constraint spot_check_finding_happened check (result in ('Major', 'CannotVerify') or happened)
);

-- A county's year: closed when enough of its services were checked.
create table relief.spot_check_year (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  year integer not null,
  ratio bigint not null check (ratio between 1 and 100),
  status text not null check (status in ('Open', 'Closed')),
  services integer not null,
  checked integer not null,
  closed_at timestamptz,
  reopened integer not null,
  unique (county_code, year),
  constraint spot_check_year_closed check (status = 'Open' or closed_at is not null)
);

-- How a supplier or a township did in a period, as it was confirmed.
create table relief.evaluation (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  kind text not null check (kind in ('Supplier', 'Township')),
  unit_code text not null,
  period_from date not null,
  period_to date not null,
  services integer not null,
  timely bigint not null,
  quality bigint not null,
  checked bigint,
  content bigint,
  trained bigint,
  complaints bigint not null,
  score bigint not null check (score between 0 and 10000),
  unique (kind, unit_code, period_from, period_to)
);
create index evaluation_county on relief.evaluation (county_code, period_to);

-- INV-14: a draw is never changed or deleted; draw again
create trigger spot_check_plan_permanent before update or delete on relief.spot_check_plan
  for each row execute function relief.refuse('INV-14: a draw is never changed or deleted; draw again');

-- INV-14: a stratum of a draw is never changed or deleted
create trigger spot_check_stratum_permanent before update or delete on relief.spot_check_stratum
  for each row execute function relief.refuse('INV-14: a stratum of a draw is never changed or deleted');

-- INV-14: a drawn item is never changed or deleted
create trigger spot_check_item_permanent before update or delete on relief.spot_check_item
  for each row execute function relief.refuse('INV-14: a drawn item is never changed or deleted');

-- INV-14: a finding is never changed or deleted
create trigger spot_check_finding_permanent before update or delete on relief.spot_check_finding
  for each row execute function relief.refuse('INV-14: a finding is never changed or deleted');

-- INV-25: a correction is never changed or deleted
create trigger line_correction_permanent before update or delete on relief.line_correction
  for each row execute function relief.refuse('INV-25: a correction is never changed or deleted');

-- INV-29: a confirmed evaluation is never changed; reckon another period
create trigger evaluation_permanent before update or delete on relief.evaluation
  for each row execute function relief.refuse('INV-29: a confirmed evaluation is never changed; reckon another period');

-- INV-25: a freeze is lifted, never deleted
create trigger record_freeze_permanent before delete on relief.record_freeze
  for each row execute function relief.refuse('INV-25: a freeze is lifted, never deleted');

-- INV-14: a year is never deleted
create trigger spot_check_year_permanent before delete on relief.spot_check_year
  for each row execute function relief.refuse('INV-14: a year is never deleted');

-- INV-09: who checks has no part in the case
create function relief.spot_check_finding_independent() returns trigger language plpgsql as $$
begin
  if exists (
      select 1 from relief.spot_check_item i join relief.service_order o on o.id = i.order_id
      where i.id = new.item_id and (
        exists (select 1 from relief.survey_signer s join relief.survey_record v on v.id = s.survey_id where v.case_id = o.case_id and s.staff_id = new.created_by)
        or exists (select 1 from relief.decision_record d where d.case_id = o.case_id and d.decided_by = new.created_by)
        or exists (select 1 from relief.settlement_line l join relief.settlement_batch b on b.id = l.batch_id where l.order_id = o.id and new.created_by in (b.clerk, b.approver)))) then
    raise exception 'INV-09: who checks has no part in the case' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger spot_check_finding_independent before insert on relief.spot_check_finding
  for each row execute function relief.spot_check_finding_independent();

-- INV-14: a direct contact was drawn, papers alone do not do
create function relief.spot_check_finding_direct() returns trigger language plpgsql as $$
begin
  if new.method = 'RecordReview' and new.result <> 'CannotVerify' and exists (
      select 1 from relief.spot_check_item i where i.id = new.item_id and i.direct) then
    raise exception 'INV-14: a direct contact was drawn, papers alone do not do' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger spot_check_finding_direct before insert on relief.spot_check_finding
  for each row execute function relief.spot_check_finding_direct();

-- INV-14: a year is closed when its share of services was checked
create function relief.spot_check_year_share() returns trigger language plpgsql as $$
begin
  if new.status = 'Closed' and 100 * (select count(*) from relief.service_record r where r.county_code = new.county_code and extract(year from r.service_date) = new.year and r.status <> 'Voided' and exists (
      select 1 from relief.spot_check_item i join relief.spot_check_finding f on f.item_id = i.id
      where i.record_id = r.id and i.origin <> 'Risk' and f.result <> 'CannotVerify')) < new.ratio * (select count(*) from relief.service_record r where r.county_code = new.county_code and extract(year from r.service_date) = new.year and r.status <> 'Voided') then
    raise exception 'INV-14: a year is closed when its share of services was checked' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger spot_check_year_share before update on relief.spot_check_year
  for each row execute function relief.spot_check_year_share();

-- INV-14: a year begins open
create function relief.spot_check_year_opens() returns trigger language plpgsql as $$
begin
  if new.status <> 'Open' then
    raise exception 'INV-14: a year begins open' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger spot_check_year_opens before insert on relief.spot_check_year
  for each row execute function relief.spot_check_year_opens();

-- INV-05: a line of a frozen record is not paid
create function relief.settlement_line_frozen() returns trigger language plpgsql as $$
begin
  if new.status in ('Approved', 'Paid') and old.status <> 'Approved' and new.status <> old.status and exists (
      select 1 from relief.record_freeze f where f.record_id = new.record_id and f.lifted_at is null) then
    raise exception 'INV-05: a line of a frozen record is not paid' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_frozen before update on relief.settlement_line
  for each row execute function relief.settlement_line_frozen();

-- INV-05: a correction takes back a paid line, whole, by the approval of the county
create function relief.settlement_line_corrects() returns trigger language plpgsql as $$
begin
  if new.kind = 'Correction' and not exists (
      select 1 from relief.line_correction c join relief.settlement_line l on l.id = c.line_id
      where c.line_id = new.orig_line_id and l.status = 'Paid' and new.amount = -l.amount and new.record_id is null) then
    raise exception 'INV-05: a correction takes back a paid line, whole, by the approval of the county' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_corrects before insert on relief.settlement_line
  for each row execute function relief.settlement_line_corrects();

-- E23: a service that comes after the year was closed opens it again, whoever writes it
create function relief.service_record_reopens() returns trigger language plpgsql as $$
begin
  update relief.spot_check_year set status = 'Open', reopened = reopened + 1
  where county_code = new.county_code and year = extract(year from new.service_date) and status = 'Closed';
  return new;
end $$;
create trigger service_record_reopens after insert on relief.service_record
  for each row execute function relief.service_record_reopens();
