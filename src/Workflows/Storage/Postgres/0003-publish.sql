-- Publishes a group of events in one statement (rule 3): all locks first, sorted; then the work rows of whoever waits, in the order of a
-- commit; then event by event, each on a new snapshot, so that one group behaves like its events one after another.
create function publish_group(names text[], correlations text[], payloads json[], keeps interval[], dedups text[])
returns table (place int, delivered int, parked boolean) language plpgsql as
$$
#variable_conflict use_column
declare e record; owners uuid[] := '{}'; hits uuid[]; is_parked boolean; woken uuid[] := '{}';
begin
  perform lock_events(names, correlations, '{}');
  for e in select distinct g.name, g.correlation from unnest(names, correlations) as g(name, correlation) loop
    owners := owners || array(select s.instance_id from standing(e.name, e.correlation) s);
  end loop;
  perform hold_work(owners);
  for e in
    select * from unnest(names, correlations, payloads, keeps, dedups) with ordinality as g(name, correlation, payload, keep, dedup, place) order by g.place
  loop
    -- Whoever mails a bookmark consumes it (rule 4). A repeat (same dedup) does nothing. The array keeps this at index bookmark_event and the
    -- primary key: a join would read every bookmark once many wait for one name.
    with now as materialized (select business_time() as at),
    fresh as (
      insert into idempotency (scope, key, request_hash, created_at) select 'event', e.dedup, '', n.at from now n where e.dedup is not null
      on conflict (scope, key) do nothing returning 1),
    hit as (
      delete from bookmark b
      where b.id = any(array(select s.id from standing(e.name, e.correlation) s)) and (e.dedup is null or exists (select 1 from fresh))
      returning b.id, b.instance_id),
    mail as (
      insert into inbox (instance_id, kind, bookmark_id, payload, at, event_name, event_correlation, event_expires)
      select h.instance_id, 2, h.id, e.payload, n.at, e.name, e.correlation, n.at + e.keep from hit h, now n order by h.instance_id, h.id
      returning instance_id),
    kept as (
      insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at, dedup_key)
      select gen_random_uuid(), e.name, hashtextextended(e.name, 0), e.correlation, e.payload, n.at, n.at + e.keep, e.dedup from now n
      where not exists (select 1 from hit) and e.keep > interval '0' and (e.dedup is null or exists (select 1 from fresh))
      returning 1)
    select array(select distinct instance_id from mail), exists (select 1 from kept) into hits, is_parked;
    woken := woken || hits;
    return query select e.place::int, cardinality(hits), is_parked;
  end loop;
  perform wake(woken);
end $$;
