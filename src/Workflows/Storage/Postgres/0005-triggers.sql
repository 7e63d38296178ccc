-- How published versions start by themselves: events, requests, schedules. Rewritten with each publish and retract.
create table start_trigger (
  definition_id text not null,
  activity_id text not null,
  key text not null,
  kind smallint not null,
  version int not null,
  settings json,
  due_at timestamptz,
  primary key (definition_id, activity_id, key));
create index start_trigger_event on start_trigger (key) where kind = 1;
create unique index start_trigger_http on start_trigger (key) where kind = 2;
create index start_trigger_due on start_trigger (due_at) where due_at is not null;

-- Whether a start is allowed beside what runs: 0 always, 1 singleton, 2 correlation, 3 correlated singleton.
alter table definition add column activation smallint not null default 0;
create index instance_correlated on instance (correlation_id, definition_id) where status < 8 and correlation_id is not null;

-- Starts that exclude each other meet here; sorted, so that two groups do not wait for each other in a circle.
create function lock_activations(keys text[]) returns void language plpgsql as
$$ begin
  perform pg_advisory_xact_lock(k.hash)
  from (select distinct hashtextextended('activation' || chr(31) || u.key, 3) as hash from unnest(keys) as u(key) where u.key is not null order by 1) as k;
end $$;

-- As before, and an event starts whatever is triggered by its name: a row that the relay carries out, in the transaction that publishes. What it
-- started is not parked for again.
drop function publish_group(text[], text[], json[], interval[], text[]);
create function publish_group(names text[], correlations text[], payloads json[], keeps interval[], dedups text[])
returns table (place int, delivered int, parked boolean, started int) language plpgsql as
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
  begun as materialized (
    select gen_random_uuid() as id, f.*, t.definition_id, t.version, t.activity_id
    from fresh f join start_trigger t on t.kind = 1 and t.key = f.name),
  sent as (
    insert into outbox (id, instance_id, activity_id, kind, class, target, payload, next_at, created_at)
    select b.id, b.id, b.activity_id, 4, 0, 'start:' || b.definition_id, event_start(b.id, b.definition_id, b.version, b.activity_id, b.correlation, b.payload),
      b.at, b.at
    from begun b order by b.place),
  alone as materialized (
    select f.* from fresh f where f.keep > interval '0'
      and not exists (select 1 from given g where g.place = f.place) and not exists (select 1 from begun b where b.place = f.place)),
  kept as (
    insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at, dedup_key)
    select gen_random_uuid(), a.name, hashtextextended(a.name, 0), a.correlation, a.payload, a.at, a.at + a.keep, a.dedup from alone a order by a.place),
  called as materialized (select wake(array(select g.instance_id from given g)))
  select e.place::int, (select count(distinct g.instance_id) from given g where g.place = e.place)::int, exists (select 1 from alone a where a.place = e.place),
    (select count(*) from begun b where b.place = e.place)::int
  from e, called order by e.place;
end $$;

-- The start of an instance by an event, as its payload stands in the outbox (ChildStart).
create function event_start(id uuid, definition_id text, version int, activity_id text, correlation text, payload json) returns json stable language sql as
$$ select json_build_object('instanceId', id, 'definitionId', definition_id, 'version', version, 'input', '{}'::json, 'correlationId', correlation,
     'trigger', json_build_object('activityId', activity_id, 'kind', 1, 'payload', payload)) $$;
