-- Functions in SQL that hold a query are planned at each call of the statement around them; in PL/pgSQL once per session.
create or replace function business_time() returns timestamptz stable language plpgsql as
$$ begin
  return coalesce((select manual_now from clock where id = 1), statement_timestamp());
end $$;

create or replace function is_halted(subject text, owner uuid) returns boolean stable language plpgsql as
$$ begin
  return exists (select 1 from halt h where h.subject_id = subject and h.handler is distinct from owner);
end $$;

-- Publishes a group of events in one statement (rule 3): all locks first, sorted; then the work rows of whoever waits, in the order of a
-- commit; then, on a new snapshot, all events together. The group behaves like its events one after another: a bookmark goes to the first
-- event that reaches it (rule 4), a repeat (same dedup) does nothing, and an event that reaches nothing is parked.
create or replace function publish_group(names text[], correlations text[], payloads json[], keeps interval[], dedups text[])
returns table (place int, delivered int, parked boolean) language plpgsql as
$$
#variable_conflict use_column
begin
  perform lock_events(names, correlations, '{}');
  perform hold_work(array(
    select s.instance_id from (select distinct g.name, g.correlation from unnest(names, correlations) as g(name, correlation)) e,
      lateral standing(e.name, e.correlation) s));
  return query
  with e as materialized (
    select g.*, n.at from unnest(names, correlations, payloads, keeps, dedups) with ordinality as g(name, correlation, payload, keep, dedup, place),
      (select business_time() as at) n),
  taken as (
    insert into idempotency (scope, key, request_hash, created_at)
    select distinct on (e.dedup) 'event', e.dedup, '', e.at from e where e.dedup is not null order by e.dedup, e.place
    on conflict (scope, key) do nothing returning key),
  fresh as materialized (
    select e.* from e where e.dedup is null
      or exists (select 1 from taken t where t.key = e.dedup) and not exists (select 1 from e f where f.dedup = e.dedup and f.place < e.place)),
  reached as materialized (
    select distinct on (s.id) s.id, f.place from fresh f, lateral standing(f.name, f.correlation) s order by s.id, f.place),
  -- An array, because a join would read every bookmark once many wait for one name.
  hit as (delete from bookmark b where b.id = any(array(select r.id from reached r)) returning b.id, b.instance_id),
  given as materialized (select h.id, h.instance_id, f.* from hit h join reached r on r.id = h.id join fresh f on f.place = r.place),
  mail as (
    insert into inbox (instance_id, kind, bookmark_id, payload, at, event_name, event_correlation, event_expires)
    select g.instance_id, 2, g.id, g.payload, g.at, g.name, g.correlation, g.at + g.keep from given g order by g.place, g.instance_id, g.id),
  alone as materialized (select f.* from fresh f where f.keep > interval '0' and not exists (select 1 from given g where g.place = f.place)),
  kept as (
    insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at, dedup_key)
    select gen_random_uuid(), a.name, hashtextextended(a.name, 0), a.correlation, a.payload, a.at, a.at + a.keep, a.dedup from alone a order by a.place),
  called as materialized (select wake(array(select g.instance_id from given g)))
  select e.place::int, (select count(distinct g.instance_id) from given g where g.place = e.place)::int, exists (select 1 from alone a where a.place = e.place)
  from e, called order by e.place;
end $$;

-- As before, but the bookmarks are always found by their ids: "offset 0" keeps the planner from reading the index of all waiting ones instead,
-- which looks as cheap while the table is small.
create or replace function unpark(bookmarks uuid[]) returns void language plpgsql as
$$ declare waiting record; event parked_event;
begin
  for waiting in
    select b.id, b.key, b.key_hash, b.correlation_id from unnest(bookmarks) with ordinality as o(id, place),
      lateral (select * from bookmark s where s.id = o.id offset 0) as b
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
