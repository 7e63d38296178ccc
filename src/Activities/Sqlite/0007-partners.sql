-- Goods that charities and party branches give: no money of F1 to F8 moves with them.
create table relief_in_kind_entry (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  donor_id text not null,
  goods text not null,
  quantity integer not null,
  value integer not null,
  receiver_id text not null,
  receipt text not null,
  given_on text not null,
  order_id text not null,
  corrects_id text,
  idem_key text not null,
  unique (idem_key),
  unique (corrects_id),
  constraint in_kind_entry_worth check ((corrects_id is null and value > 0 and quantity > 0) or (corrects_id is not null and value < 0 and quantity < 0)),
  constraint in_kind_entry_has_receipt check (length(trim(receipt)) > 0)
);
create unique index in_kind_entry_receipt on relief_in_kind_entry (donor_id, receipt) where corrects_id is null;
create index in_kind_entry_order on relief_in_kind_entry (order_id);
create index in_kind_entry_year on relief_in_kind_entry (county_code, given_on);

-- INV-25: a line of the in-kind ledger is never changed or deleted; book the opposite
create trigger relief_in_kind_entry_permanent_update before update on relief_in_kind_entry
begin
  select raise(abort, 'INV-25: a line of the in-kind ledger is never changed or deleted; book the opposite');
end;
create trigger relief_in_kind_entry_permanent_delete before delete on relief_in_kind_entry
begin
  select raise(abort, 'INV-25: a line of the in-kind ledger is never changed or deleted; book the opposite');
end;

-- INV-25: a correction takes a line back as it stands
create trigger relief_in_kind_entry_opposite before insert on relief_in_kind_entry
when new.corrects_id is not null and not exists (
    select 1 from relief_in_kind_entry e
    where e.id = new.corrects_id and e.corrects_id is null and e.value = -new.value and e.quantity = -new.quantity and e.donor_id = new.donor_id and e.receiver_id = new.receiver_id)
begin
  select raise(abort, 'INV-25: a correction takes a line back as it stands');
end;
