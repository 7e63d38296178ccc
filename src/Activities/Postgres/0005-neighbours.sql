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
