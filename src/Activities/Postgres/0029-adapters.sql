-- Outside systems: what went to each and why it may, what became of it, agreements on sharing and consents, lists of entitlements, and what the other side has against ours.

-- Once a row has ended it is never changed, and none is ever deleted: it is the log of what was shared (S23).
create table relief.exchange (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  adapter text not null,
  operation text not null,
  subject text not null,
  person_id text,
  case_id text,
  agreement_id text,
  legal_basis text not null check (btrim(legal_basis) <> ''),
  path text not null,
  body text not null,
  content_hash text not null,
  is_mirror boolean not null,
  due_at timestamptz,
  status text not null check (status in ('Waiting', 'Delivered', 'Refused', 'Unreachable', 'ByHand', 'Abandoned', 'Withheld', 'Dropped')),
  reply_status integer,
  answer text,
  reason text,
  proof text,
  settled_by text,
  settled_at timestamptz,
  constraint exchange_settled check ((status = 'Waiting') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
  constraint exchange_by_hand check (status <> 'ByHand' or proof is not null),
  constraint exchange_shared check (operation <> 'Share' or agreement_id is not null)
);
create index exchange_county on relief.exchange (county_code, adapter, created_at);
create index exchange_case on relief.exchange (case_id, adapter);
create index exchange_person on relief.exchange (person_id);
create index exchange_open on relief.exchange (adapter) where status in ('Waiting', 'Refused', 'Unreachable');

-- With whom data is shared, what for, on which ground and how long.
create table relief.sharing_agreement (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  partner text not null,
  purpose text not null,
  legal_basis text not null check (btrim(legal_basis) <> ''),
  needs_consent boolean not null,
  fields jsonb not null,
  valid_from date not null,
  valid_to date not null,
  ended_at timestamptz,
  ended_by text,
  constraint sharing_agreement_term check (valid_to >= valid_from),
  constraint sharing_agreement_ended check ((ended_at is null) = (ended_by is null))
);
create index sharing_agreement_county on relief.sharing_agreement (county_code, partner);

-- A person's consent to sharing with one partner, for what no law provides.
create table relief.sharing_consent (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  partner text not null,
  form text not null check (form in ('paper', 'voice', 'app')),
  withdrawn_at timestamptz
);
create unique index sharing_consent_standing on relief.sharing_consent (person_id, partner) where withdrawn_at is null;

-- What a list from outside says that a person gets (S25).
create table relief.entitlement (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  scheme text not null,
  period text not null,
  amount bigint not null check (amount > 0),
  file_id text not null,
  unique (person_id, scheme, period)
);

create table relief.entitlement_file (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  scheme text not null,
  accepted integer not null,
  repeated integer not null,
  refused integer not null,
  refusals text not null
);

-- What the other side has against ours, day by day (S05).
create table relief.reconciliation (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  adapter text not null,
  on_day date not null,
  ours integer not null,
  theirs integer not null,
  missing jsonb not null,
  different jsonb not null,
  unknown jsonb not null,
  unique (county_code, adapter, on_day)
);

-- E20: nothing is shared without an agreement that holds on the day, nor without the consent that it asks for
create function relief.exchange_shared() returns trigger language plpgsql as $$
begin
  if new.operation = 'Share' and new.status = 'Waiting' and (tg_op = 'INSERT' or old.status <> 'Waiting') then
    if not exists (select 1 from relief.sharing_agreement a where a.id = new.agreement_id and a.partner = new.adapter and a.ended_at is null
        and (new.created_at at time zone 'Asia/Shanghai')::date between a.valid_from and a.valid_to) then
      raise exception 'E20: there is no agreement for this exchange' using errcode = 'check_violation';
    end if;
    if exists (select 1 from relief.sharing_agreement a where a.id = new.agreement_id and a.needs_consent)
        and not exists (select 1 from relief.sharing_consent c where c.person_id = new.person_id and c.partner = new.adapter and c.withdrawn_at is null) then
      raise exception 'E20: there is no consent for this exchange' using errcode = 'check_violation';
    end if;
  end if;
  if tg_op = 'UPDATE' and old.status in ('Delivered', 'ByHand', 'Abandoned', 'Withheld', 'Dropped') then
    raise exception 'INV-25: an exchange that has ended is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger exchange_shared before insert or update on relief.exchange for each row execute function relief.exchange_shared();

-- INV-25: an exchange, an agreement and a consent are never deleted
create function relief.exchange_permanent() returns trigger language plpgsql as $$
begin
  raise exception 'INV-25: an exchange, an agreement and a consent are never deleted' using errcode = 'check_violation';
end $$;
create trigger exchange_permanent before delete on relief.exchange for each row execute function relief.exchange_permanent();
create trigger sharing_agreement_permanent before delete on relief.sharing_agreement for each row execute function relief.exchange_permanent();
create trigger sharing_consent_permanent before delete on relief.sharing_consent for each row execute function relief.exchange_permanent();
