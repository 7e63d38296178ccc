-- People who stand by others without pay: pairs with party members and neighbours, and what they do.

-- A person and a helper (A50).
create table relief_pair (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  kind text not null check (kind in ('Party', 'Neighbour')),
  helper_id text not null,
  status text not null check (status in ('Proposed', 'Active', 'Declined', 'Ended')),
  person_agreed_at integer,
  helper_agreed_at integer,
  paired_on text,
  ended_on text,
  end_reason text,
  party_day integer,
  plan text,
  no_charge_at integer,
  idem_key text not null,
  unique (idem_key),
  constraint pair_both_agree check (status not in ('Active', 'Ended') or (person_agreed_at is not null and helper_agreed_at is not null and paired_on is not null)),
  constraint pair_ends check ((status = 'Ended') = (ended_on is not null))
);
create unique index pair_once on relief_pair (person_id, helper_id, kind) where status in ('Proposed', 'Active');
create index pair_order on relief_pair (order_id);
create index pair_helper on relief_pair (helper_id, status);

-- One line of a person's need list.
create table relief_pair_need (
  id text not null primary key,
  pair_id text not null,
  kind text not null check (kind in ('Material', 'Life', 'Doubt')),
  content text not null
);
create index pair_need_pair on relief_pair_need (pair_id);

-- One contact of a pair.
create table relief_pair_contact (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  pair_id text not null,
  contacted_on text not null,
  kind text not null check (kind in ('Visit', 'Call', 'PartyDay')),
  content text not null,
  needs_found text,
  solved text,
  in_kind_id text,
  idem_key text not null,
  unique (in_kind_id),
  unique (idem_key)
);
create index pair_contact_pair on relief_pair_contact (pair_id, contacted_on);

-- A50: a party member stands by three persons at most
create trigger relief_pair_limit_insert before insert on relief_pair
when new.kind = 'Party' and new.status = 'Active' and (
    select count(*) from relief_pair p join relief_person o on o.id = p.person_id
    where p.helper_id = new.helper_id and p.kind = 'Party' and p.status = 'Active' and p.id <> new.id and o.life_status <> 'Dead') >= 3
begin
  select raise(abort, 'A50: a party member stands by three persons at most');
end;
create trigger relief_pair_limit_update before update on relief_pair
when new.kind = 'Party' and new.status = 'Active' and (
    select count(*) from relief_pair p join relief_person o on o.id = p.person_id
    where p.helper_id = new.helper_id and p.kind = 'Party' and p.status = 'Active' and p.id <> new.id and o.life_status <> 'Dead') >= 3
begin
  select raise(abort, 'A50: a party member stands by three persons at most');
end;

-- E09: nobody is paired with their kin
create trigger relief_pair_kin_insert before insert on relief_pair
when exists (select 1 from relief_kin_declaration k where k.staff_id = new.helper_id and k.person_id = new.person_id)
begin
  select raise(abort, 'E09: nobody is paired with their kin');
end;
create trigger relief_pair_kin_update before update on relief_pair
when new.status = 'Active' and old.status <> 'Active' and exists (select 1 from relief_kin_declaration k where k.staff_id = new.helper_id and k.person_id = new.person_id)
begin
  select raise(abort, 'E09: nobody is paired with their kin');
end;

-- INV-25: a pair that was is kept as it was
create trigger relief_pair_kept before update on relief_pair
when old.status in ('Declined', 'Ended') or old.person_id <> new.person_id or old.helper_id <> new.helper_id or old.kind <> new.kind or old.order_id <> new.order_id
begin
  select raise(abort, 'INV-25: a pair that was is kept as it was');
end;
create trigger relief_pair_permanent_delete before delete on relief_pair
begin
  select raise(abort, 'INV-25: a pair is never deleted');
end;

-- INV-25: a contact is never changed or deleted
create trigger relief_pair_contact_permanent_update before update on relief_pair_contact
begin
  select raise(abort, 'INV-25: a contact is never changed or deleted');
end;
create trigger relief_pair_contact_permanent_delete before delete on relief_pair_contact
begin
  select raise(abort, 'INV-25: a contact is never changed or deleted');
end;

-- A50: a contact lies within its pair's time
create trigger relief_pair_contact_within before insert on relief_pair_contact
when not exists (select 1 from relief_pair p where p.id = new.pair_id and p.status = 'Active' and p.paired_on <= new.contacted_on)
begin
  select raise(abort, 'A50: a contact lies within its pair''s time');
end;
