-- The close of a fund year: money committed by accrual, what became of each open reservation, and the daily check of each account.

-- Committed on 31 December for what was delivered and is not billed yet; taken by its payment, or given back (0.2b).
alter table relief.reservation_part add column accrued bigint not null default 0 check (accrued >= 0 and accrued <= committed - spent);

-- A county's year of money: who opened it, by which decision reservations are carried over, and when it was closed.
create table relief.fund_year (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  year integer not null,
  document text,
  rest text check (rest in ('CarryOver', 'Release')),
  proposed_by text,
  approved_by text,
  approved_at timestamptz,
  closed_at timestamptz,
  unique (county_code, year),
  constraint fund_year_by_two check (approved_by is null or (document is not null and proposed_by is not null and approved_by <> proposed_by))
);

-- What was decided for one open reservation, and what the close made of it (E22).
create table relief.carry_decision (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  fund_year_id text not null,
  reservation_id text not null,
  order_id text not null,
  decision text not null check (decision in ('CarryOver', 'Release')),
  document text,
  approved_by text,
  accrued bigint not null,
  carried bigint not null,
  released bigint not null,
  refusal text,
  settled_at timestamptz,
  unique (fund_year_id, reservation_id),
  constraint carry_by_decision check (carried = 0 or (document is not null and approved_by is not null and approved_by <> created_by))
);

-- Where the daily check of an account stands; a difference stops its payments (P24 step 5).
create table relief.account_check (
  id text not null primary key,
  county_code text not null,
  checked_at timestamptz not null,
  checked_to integer not null,
  checked_hash text not null,
  difference text,
  stopped_at timestamptz,
  told integer not null,
  constraint account_check_stopped check ((difference is null) = (stopped_at is null))
);

-- INV-01: only a correction takes away, and says why
create or replace function relief.ledger_entry_signed() returns trigger language plpgsql as $$
begin
  if new.amount = 0 or (new.amount < 0 and new.kind not in ('Adjust', 'CarryOver') and not (new.kind = 'Commit' and new.reason is not null)) then
    raise exception 'INV-01: a posting has a positive amount' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create index reservation_part_account on relief.reservation_part (account_id);
-- whether a record stands on a line, whatever became of that
create index settlement_line_record on relief.settlement_line (record_id);
create index settlement_line_order on relief.settlement_line (order_id, service_date);
create index line_split_part on relief.line_split (part_id);
create index ledger_entry_deed on relief.ledger_entry (idem_key text_pattern_ops); -- what a deed has posted, by the beginning of its key
create index service_record_unsettled on relief.service_record (supplier_id, service_date) where status = 'Accepted';
