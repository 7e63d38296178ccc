-- Rule 3: the locks come first, whoever waits is looked for in a new statement, and an event is parked only under the locks.
select lock_events(array[@name], array[@correlation], '{}')
-- then: work rows before bookmarks, in the order of a commit
select hold_work(array(select s.instance_id from standing(@name, @correlation) s))
-- then: whoever mails a bookmark consumes it (rule 4); index bookmark_event, then the primary key (an array, because a join would read every bookmark)
with now as materialized (select business_time() as at),
fresh as (
  insert into idempotency (scope, key, request_hash, created_at) select 'event', @dedup, '', n.at from now n where @dedup is not null
  on conflict (scope, key) do nothing returning 1),
hit as (
  delete from bookmark b where b.id = any(array(select s.id from standing(@name, @correlation) s)) and (@dedup is null or exists (select 1 from fresh))
  returning b.id, b.instance_id),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, payload, at, event_name, event_correlation, event_expires)
  select h.instance_id, 2, h.id, @payload, n.at, @name, @correlation, n.at + @keep from hit h, now n order by h.instance_id, h.id
  returning instance_id),
begun as materialized (
  select gen_random_uuid() as id, t.definition_id, t.version, t.activity_id from start_trigger t
  where t.kind = 1 and t.key = @name and (@dedup is null or exists (select 1 from fresh))),
sent as (
  insert into outbox (id, instance_id, activity_id, kind, class, target, payload, next_at, created_at)
  select b.id, b.id, b.activity_id, 4, 0, 'start:' || b.definition_id,
    event_start(b.id, b.definition_id, b.version, b.activity_id, @correlation, @payload), n.at, n.at
  from begun b, now n),
parked as (
  insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at, dedup_key)
  select gen_random_uuid(), @name, hashtextextended(@name, 0), @correlation, @payload, n.at, n.at + @keep, @dedup from now n
  where not exists (select 1 from hit) and not exists (select 1 from begun) and @keep > interval '0' and (@dedup is null or exists (select 1 from fresh))
  returning 1)
select (select count(distinct instance_id) from mail)::int, exists (select 1 from parked), (select count(*) from begun)::int, wake(array(select instance_id from mail))
