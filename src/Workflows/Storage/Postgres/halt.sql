-- Rule 12: one row stops timers, messages and starts of a person at once; each open instance hears of it.
select pg_advisory_xact_lock(hashtextextended('subject' || chr(31) || @subject, 1))
-- then: index instance_subject
select hold_work(array(select i.id from instance i where i.subject_id = @subject and i.status < 8 and i.id is distinct from @handler))
-- then: a repeat only names a handler that was missing
with stands as (
  insert into halt (subject_id, kind, since, handler) values (@subject, @kind, (select business_time()), @handler)
  on conflict (subject_id, kind) do update set handler = coalesce(excluded.handler, halt.handler)
  returning halt.xmax = 0 as is_new),
mail as (
  insert into inbox (instance_id, kind, payload, at)
  select i.id, 12, @payload, (select business_time()) from instance i
  where i.subject_id = @subject and i.status < 8 and i.id is distinct from @handler and (select is_new from stands) order by i.id
  returning instance_id)
select count(*)::int, wake(array(select instance_id from mail)) from mail
