-- What several deeds share, and what must be several snapshots inside one statement.

-- Business time (rule 10): real unless set by hand. Stable, so that it can be an index condition; never use clock_timestamp() there.
create function business_time() returns timestamptz stable language sql as
$$ select coalesce((select manual_now from clock where id = 1), statement_timestamp()) $$;

-- What an event, or a bookmark that waits for one, must lock: its own name and correlation alone, its name together with others;
-- without a correlation its name alone. So whoever could match meets on at least one lock, and unrelated correlations do not.
create function event_locks(name text, correlation text) returns table (hash bigint, shared boolean) immutable language sql as
$$ select hashtextextended(name || chr(31) || coalesce(correlation, ''), 0), false
   union all
   select hashtextextended(name || chr(31), 0), true where correlation is not null $$;

-- Rule 3a: sorted by hash. "parking" are instances whose unread event mail may have to be parked again.
create function lock_events(names text[], correlations text[], parking uuid[]) returns void language plpgsql as
$$ begin
  perform case when l.shared then pg_advisory_xact_lock_shared(l.hash) else pg_advisory_xact_lock(l.hash) end
  from (select k.hash, bool_and(k.shared) as shared
        from (select e.name, e.correlation from unnest(names, correlations) as e(name, correlation)
              union
              select m.event_name, m.event_correlation from inbox m where m.instance_id = any(parking) and m.event_name is not null) as e,
             lateral event_locks(e.name, e.correlation) as k
        group by k.hash order by k.hash) as l;
end $$;

-- I2: locks the work rows of a group in the order of their ids and refuses the whole group (FL001) unless every token and sequence is
-- current. Refusing all keeps the statements behind it free of checks; the sender leaves the fenced ones out and sends again.
create function fence(ids uuid[], tokens bigint[], seqs bigint[]) returns void language plpgsql as
$$ declare found_rows int;
begin
  perform 1 from work w join unnest(ids, tokens) as b(id, token) on w.instance_id = b.id and w.claim_token = b.token
    order by w.instance_id for update of w;
  get diagnostics found_rows = row_count;
  if found_rows = cardinality(ids) then
    -- A new snapshot, taken under the locks: a burst that was sent twice meets its own first commit here.
    select count(*) into found_rows from instance i join unnest(ids, seqs) as b(id, seq) on i.id = b.id and i.seq = b.seq;
  end if;
  if found_rows <> cardinality(ids) then
    raise exception 'fenced' using errcode = 'FL001';
  end if;
end $$;

-- Senders lock the work rows they will wake before they touch bookmarks, in the order of a commit: otherwise the two deadlock.
create function hold_work(ids uuid[]) returns void language plpgsql as
$$ begin
  perform 1 from work w where w.instance_id = any(ids) order by w.instance_id for update;
end $$;

-- Makes instances runnable. A claimed row is not made ready (its lease would be lost); the higher wake re-arms it when it is released.
create function wake(ids uuid[]) returns void language plpgsql as
$$ begin
  insert into work (instance_id, ready_at)
  select distinct i.id, statement_timestamp() from unnest(ids) as i(id) order by 1
  on conflict (instance_id) do update set
    wake = work.wake + 1,
    ready_at = case when work.claim_token is null then least(work.ready_at, excluded.ready_at) else work.ready_at end;
end $$;

-- Hands an event to one bookmark if it still stands: consumed into mail, and woken.
create function hand_over(bookmark_id uuid, event parked_event) returns boolean language plpgsql as
$$ declare owner uuid;
begin
  delete from bookmark b where b.id = hand_over.bookmark_id returning b.instance_id into owner;
  if owner is null then
    return false;
  end if;
  insert into inbox (instance_id, kind, bookmark_id, payload, at, event_name, event_correlation, event_expires)
  values (owner, 2, bookmark_id, event.payload, business_time(), event.name, event.correlation_id, event.expires_at);
  perform wake(array[owner]);
  return true;
end $$;

-- Gives parked events to bookmarks that now stand, oldest event first, each event once. Only under the locks of those events.
create function unpark(bookmarks uuid[]) returns void language plpgsql as
$$ declare waiting record; event parked_event;
begin
  for waiting in
    select b.id, b.key, b.key_hash, b.correlation_id from unnest(bookmarks) with ordinality as o(id, place) join bookmark b on b.id = o.id
    where b.kind = 1 and exists (select 1 from parked_event p where p.key_hash = b.key_hash and p.name = b.key)
    order by o.place
  loop
    delete from parked_event d where d.id = (
      select p.id from parked_event p
      where p.key_hash = waiting.key_hash and p.name = waiting.key and p.expires_at > business_time()
        and (waiting.correlation_id is null or p.correlation_id is null or p.correlation_id = waiting.correlation_id)
      order by p.created_at, p.id limit 1)
    returning d.* into event;
    if event.id is not null then
      perform hand_over(waiting.id, event);
    end if;
  end loop;
end $$;

-- Rule 4, last sentence: event mail whose bookmark the running burst dropped goes back among the parked events. The ids are kept for
-- offer_parked, because the burst's own new bookmarks come first.
create function park_again(mails bigint[]) returns void language plpgsql as
$$ declare parked uuid[];
begin
  with taken as (delete from inbox m where m.id = any(mails) returning m.*),
  back as (insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at)
           select gen_random_uuid(), t.event_name, hashtextextended(t.event_name, 0), t.event_correlation, t.payload, t.at, t.event_expires
           from taken t where t.event_name is not null and t.event_expires > business_time()
           returning id)
  select array_agg(id) into parked from back;
  if parked is not null then
    perform set_config('flow.parked', (coalesce(nullif(current_setting('flow.parked', true), '')::uuid[], '{}') || parked)::text, true);
  end if;
end $$;

-- Others may have come to wait since the event was delivered: what was parked again in this transaction is offered to them.
create function offer_parked() returns void language plpgsql as
$$ declare parked uuid[] := coalesce(nullif(current_setting('flow.parked', true), '')::uuid[], '{}');
begin
  if cardinality(parked) > 0 then
    perform unpark(array(
      select b.id from parked_event p join bookmark b on b.kind = 1 and b.key_hash = p.key_hash and b.key = p.name
        and (b.correlation_id is null or p.correlation_id is null or b.correlation_id = p.correlation_id)
      where p.id = any(parked) order by b.created_at, b.id));
  end if;
end $$;

-- The event bookmarks that a publication reaches (index bookmark_event): without a correlation all of that name, otherwise those
-- with the same and those with none. Three arms instead of "or", so that each can use the index.
create function standing(event_name text, event_correlation text) returns table (id uuid, instance_id uuid) stable language sql as
$$ select b.id, b.instance_id from bookmark b
   where b.kind = 1 and b.key_hash = hashtextextended(event_name, 0) and b.key = event_name and b.correlation_id = event_correlation
   union all
   select b.id, b.instance_id from bookmark b
   where b.kind = 1 and b.key_hash = hashtextextended(event_name, 0) and b.key = event_name and b.correlation_id is null
   union all
   select b.id, b.instance_id from bookmark b
   where b.kind = 1 and b.key_hash = hashtextextended(event_name, 0) and b.key = event_name and b.correlation_id is not null
     and event_correlation is null $$;

-- True while a halt of the person stops what belongs to this instance (rule 12): the handler's own rows go on.
create function is_halted(subject text, owner uuid) returns boolean stable language sql as
$$ select exists (select 1 from halt h where h.subject_id = subject and h.handler is distinct from owner) $$;

-- Starting and halting meet here, so that a start sees the halt or the halt sees the instance.
create function lock_subjects(subjects text[]) returns void language plpgsql as
$$ begin
  perform pg_advisory_xact_lock_shared(s.hash)
  from (select distinct hashtextextended('subject' || chr(31) || u.subject, 1) as hash from unnest(subjects) as u(subject)
        where u.subject is not null order by 1) as s;
end $$;
