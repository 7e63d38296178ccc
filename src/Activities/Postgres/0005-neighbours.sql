-- People who stand by others without pay: pairs with party members and neighbours, and what they do.

-- A person and a helper (A50).
create table relief.pair (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  kind text not null check (kind in ('Party', 'Neighbour')),
  helper_id text not null,
  status text not null check (status in ('Proposed', 'Active', 'Declined', 'Ended')),
  person_agreed_at timestamptz,
  helper_agreed_at timestamptz,
  paired_on date,
  ended_on date,
  end_reason text,
  party_day integer,
  plan text,
  no_charge_at timestamptz,
  idem_key text not null,
  unique (idem_key),
  constraint pair_both_agree check (status not in ('Active', 'Ended') or (person_agreed_at is not null and helper_agreed_at is not null and paired_on is not null)),
  constraint pair_ends check ((status = 'Ended') = (ended_on is not null))
);
create unique index pair_once on relief.pair (person_id, helper_id, kind) where status in ('Proposed', 'Active');
create index pair_order on relief.pair (order_id);
create index pair_helper on relief.pair (helper_id, status);

-- One line of a person's need list.
create table relief.pair_need (
  id text not null primary key,
  pair_id text not null,
  kind text not null check (kind in ('Material', 'Life', 'Doubt')),
  content text not null
);
create index pair_need_pair on relief.pair_need (pair_id);

-- One contact of a pair.
create table relief.pair_contact (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  pair_id text not null,
  contacted_on date not null,
  kind text not null check (kind in ('Visit', 'Call', 'PartyDay')),
  content text not null,
  needs_found text,
  solved text,
  in_kind_id text,
  idem_key text not null,
  unique (in_kind_id),
  unique (idem_key)
);
create index pair_contact_pair on relief.pair_contact (pair_id, contacted_on);

-- A50: a party member stands by three persons at most
create function relief.pair_limit() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('pairs:' || new.helper_id));
  if new.kind = 'Party' and new.status = 'Active' and (
    select count(*) from relief.pair p join relief.person o on o.id = p.person_id
    where p.helper_id = new.helper_id and p.kind = 'Party' and p.status = 'Active' and p.id <> new.id and o.life_status <> 'Dead') >= 3 then
    raise exception 'A50: a party member stands by three persons at most' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger pair_limit before insert or update on relief.pair
  for each row execute function relief.pair_limit();

-- E09: nobody is paired with their kin
create function relief.pair_kin() returns trigger language plpgsql as $$
begin
  if (tg_op = 'INSERT' or (new.status = 'Active' and old.status <> 'Active'))
     and exists (select 1 from relief.kin_declaration k where k.staff_id = new.helper_id and k.person_id = new.person_id) then
    raise exception 'E09: nobody is paired with their kin' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger pair_kin before insert or update on relief.pair
  for each row execute function relief.pair_kin();

-- INV-25: a pair that was is kept as it was
create trigger pair_kept before update on relief.pair
  for each row when (old.status in ('Declined', 'Ended') or old.person_id <> new.person_id or old.helper_id <> new.helper_id or old.kind <> new.kind or old.order_id <> new.order_id)
  execute function relief.refuse('INV-25: a pair that was is kept as it was');
create trigger pair_permanent before delete on relief.pair
  for each row execute function relief.refuse('INV-25: a pair is never deleted');

-- INV-25: a contact is never changed or deleted
create trigger pair_contact_permanent before update or delete on relief.pair_contact
  for each row execute function relief.refuse('INV-25: a contact is never changed or deleted');

-- A50: a contact lies within its pair's time
create function relief.pair_contact_within() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from relief.pair p where p.id = new.pair_id and p.status = 'Active' and p.paired_on <= new.contacted_on) then
    raise exception 'A50: a contact lies within its pair''s time' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger pair_contact_within before insert on relief.pair_contact
  for each row execute function relief.pair_contact_within();

-- A neighbour who is willing to help (PW6 step 1).
create table relief.neighbour_volunteer (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  area_code text not null,
  name text not null,
  birth_date date not null,
  person_id text,
  household_id text,
  bank_account text not null
);

-- A certificate of the course for neighbours.
create table relief.course_certificate (
  id text not null primary key,
  helper_id text not null,
  certificate text not null,
  valid_from date not null,
  valid_to date not null,
  unique (certificate),
  constraint course_certificate_period check (valid_to > valid_from)
);
create index course_certificate_helper on relief.course_certificate (helper_id, valid_from);

-- One visit of a neighbour.
create table relief.neighbour_log (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  township_code text not null,
  pair_id text not null,
  helper_id text not null,
  person_id text not null,
  service_date date not null,
  content text not null,
  status text not null check (status in ('Recorded', 'Confirmed', 'Rejected')),
  confirmed_by text,
  confirmed_how text check (confirmed_how in ('Beneficiary', 'SampleCall', 'Review')),
  confirmed_at timestamptz,
  reason text,
  idem_key text not null,
  unique (idem_key),
  constraint neighbour_log_confirmed check (status <> 'Confirmed' or (confirmed_by is not null and confirmed_how is not null and confirmed_by <> helper_id)),
  constraint neighbour_log_recorder check (created_by <> helper_id)
);
create index neighbour_log_pair on relief.neighbour_log (pair_id, service_date);
create index neighbour_log_year on relief.neighbour_log (township_code, service_date);

-- A township's subsidies of a year (P11).
create table relief.subsidy_sheet (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  township_code text not null,
  year integer not null,
  status text not null check (status in ('Frozen', 'Reserved', 'Reviewed', 'Published', 'Committed', 'Paid')),
  reservation_id text,
  reduction text,
  reviewer text,
  notice text,
  proof text,
  posted_at timestamptz,
  voucher text,
  paid_at timestamptz,
  unique (township_code, year),
  constraint subsidy_sheet_paid check (status <> 'Paid' or (voucher is not null and reviewer is not null and posted_at is not null))
);

-- One helper's subsidy of a year (INV-17).
create table relief.subsidy (
  id text not null primary key,
  sheet_id text not null,
  helper_id text not null,
  year integer not null,
  visits integer not null,
  unit bigint not null,
  cap bigint not null,
  amount bigint not null,
  granted bigint not null,
  status text not null check (status in ('Computed', 'Agreed', 'Disputed', 'Accepted', 'Paid')),
  reason text,
  unique (helper_id, year),
  constraint subsidy_cap check (granted >= 0 and granted <= amount and amount <= cap and amount <= visits * unit)
);
create index subsidy_sheet_lines on relief.subsidy (sheet_id);

-- A log that a subsidy counts; each log once.
create table relief.subsidy_log (
  id text not null primary key,
  subsidy_id text not null
);
create index subsidy_log_subsidy on relief.subsidy_log (subsidy_id);

-- INV-17: a frozen year takes no more logs
create function relief.neighbour_log_frozen() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.subsidy_sheet s where s.township_code = new.township_code and s.year = extract(year from new.service_date)) then
    raise exception 'INV-17: a frozen year takes no more logs' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger neighbour_log_frozen before insert on relief.neighbour_log
  for each row execute function relief.neighbour_log_frozen();

-- INV-17: a counted log stays as it is
create function relief.neighbour_log_counted() returns trigger language plpgsql as $$
begin
  if old.helper_id <> new.helper_id or old.person_id <> new.person_id or old.pair_id <> new.pair_id or old.service_date <> new.service_date or (old.status = 'Confirmed' and new.status <> 'Confirmed' and exists (select 1 from relief.subsidy_log g where g.id = old.id)) then
    raise exception 'INV-17: a counted log stays as it is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger neighbour_log_counted before update on relief.neighbour_log
  for each row execute function relief.neighbour_log_counted();

-- INV-25: a log is never deleted
create trigger neighbour_log_permanent before delete on relief.neighbour_log
  for each row execute function relief.refuse('INV-25: a log is never deleted');

-- INV-17: only confirmed logs of certified, paired, non-household helpers count
create function relief.subsidy_log_counts() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from relief.neighbour_log l join relief.subsidy s on s.id = new.subsidy_id join relief.pair p on p.id = l.pair_id
    where l.id = new.id and l.status = 'Confirmed' and s.status <> 'Paid' and s.helper_id = l.helper_id and p.helper_id = l.helper_id and p.person_id = l.person_id
      and extract(year from l.service_date) = s.year and p.kind = 'Neighbour' and p.no_charge_at is not null and p.paired_on <= l.service_date and (p.ended_on is null or p.ended_on >= l.service_date)
      and exists (select 1 from relief.course_certificate c where c.helper_id = l.helper_id and c.valid_from <= l.service_date and c.valid_to >= l.service_date)
      and not exists (select 1 from relief.neighbour_volunteer h join relief.person o on o.id = l.person_id
                      where h.id = l.helper_id and (h.person_id = o.id or h.household_id = o.household_id))) then
    raise exception 'INV-17: only confirmed logs of certified, paired, non-household helpers count' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subsidy_log_counts before insert on relief.subsidy_log
  for each row execute function relief.subsidy_log_counts();

-- INV-17: what a paid subsidy counted stays
create function relief.subsidy_log_kept() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.subsidy s where s.id = old.subsidy_id and s.status = 'Paid') then
    raise exception 'INV-17: what a paid subsidy counted stays' using errcode = 'check_violation';
  end if;
  return old;
end $$;
create trigger subsidy_log_kept before delete on relief.subsidy_log
  for each row execute function relief.subsidy_log_kept();

-- INV-17: a log is counted once
create trigger subsidy_log_permanent before update on relief.subsidy_log
  for each row execute function relief.refuse('INV-17: a log is counted once');

-- INV-17: a subsidy is computed before it is paid
create function relief.subsidy_starts() returns trigger language plpgsql as $$
begin
  if new.status <> 'Computed' then
    raise exception 'INV-17: a subsidy is computed before it is paid' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subsidy_starts before insert on relief.subsidy
  for each row execute function relief.subsidy_starts();

-- INV-17: a subsidy is the sum of its logs
create function relief.subsidy_counted() returns trigger language plpgsql as $$
begin
  if new.status in ('Accepted', 'Paid') and new.visits <> (select count(*) from relief.subsidy_log g where g.subsidy_id = new.id) then
    raise exception 'INV-17: a subsidy is the sum of its logs' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subsidy_counted before update on relief.subsidy
  for each row execute function relief.subsidy_counted();

-- INV-17: a helper is paid once a year, after the review
create function relief.subsidy_once() returns trigger language plpgsql as $$
begin
  if old.status = 'Paid' or old.helper_id <> new.helper_id or old.year <> new.year or (new.status = 'Paid' and old.status <> 'Accepted') then
    raise exception 'INV-17: a helper is paid once a year, after the review' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subsidy_once before update on relief.subsidy
  for each row execute function relief.subsidy_once();

-- INV-25: a subsidy is never deleted
create trigger subsidy_permanent before delete on relief.subsidy
  for each row execute function relief.refuse('INV-25: a subsidy is never deleted');

-- INV-25: a sheet is never deleted
create trigger subsidy_sheet_permanent before delete on relief.subsidy_sheet
  for each row execute function relief.refuse('INV-25: a sheet is never deleted');

-- INV-17: a paid sheet is not changed
create function relief.subsidy_sheet_kept() returns trigger language plpgsql as $$
begin
  if old.status = 'Paid' then
    raise exception 'INV-17: a paid sheet is not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subsidy_sheet_kept before update on relief.subsidy_sheet
  for each row execute function relief.subsidy_sheet_kept();
