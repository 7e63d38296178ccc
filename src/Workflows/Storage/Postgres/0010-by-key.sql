-- Rows are found by their keys, whatever the planner thinks of a table's size: work and inbox are nearly empty whenever they are counted, and a plan
-- made then would read all of their index in each commit, with every dead row of a busy minute. A lateral query that cannot be merged with the
-- one around it leaves no other way than the key.

-- I2, as before.
create or replace function fence(ids uuid[], tokens bigint[], seqs bigint[]) returns void language plpgsql as
$$ declare found_rows int;
begin
  perform 1 from (select b.id, b.token from unnest(ids, tokens) as b(id, token) order by b.id offset 0) as b,
    lateral (select 1 from work w where w.instance_id = b.id and w.claim_token = b.token for update) as w;
  get diagnostics found_rows = row_count;
  if found_rows = cardinality(ids) then
    -- A new snapshot, taken under the locks: a burst that was sent twice meets its own first commit here.
    select count(*) into found_rows from unnest(ids, seqs) as b(id, seq), lateral (select 1 from instance i where i.id = b.id and i.seq = b.seq offset 0) as i;
  end if;
  if found_rows <> cardinality(ids) then
    raise exception 'fenced' using errcode = 'FL001';
  end if;
end $$;

-- Senders lock the work rows they will wake in the order of a commit, as before.
create or replace function hold_work(ids uuid[]) returns void language plpgsql as
$$ begin
  perform 1 from (select distinct u.id from unnest(ids) as u(id) order by 1) as u, lateral (select 1 from work w where w.instance_id = u.id for update) as w;
end $$;

-- What calls for help leaves before everything else, however much of that there is.
alter table outbox add column urgent boolean not null default false;
create index outbox_urgent on outbox (next_at, number) where state = 0 and kind in (1, 2) and urgent;
