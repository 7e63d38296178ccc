-- Fires due timers, the oldest first (index timer_due; business_time() is stable, a volatile clock would read the whole index).
-- Also says whether a schedule is due, which is fired on its own (index start_trigger_due). A timer whose work row is locked this moment waits for the next round: its burst may be dropping it, and waiting here would deadlock.
with now as materialized (select business_time() as at),
due as (
  select t.bookmark_id, t.instance_id, t.due_at from timer t
  where t.due_at <= (select at from now) and (t.subject_id is null or not is_halted(t.subject_id, t.instance_id))
  order by t.due_at limit @limit for update of t skip locked),
held as materialized (
  select w.instance_id from (select distinct d.instance_id from due d) as d, lateral (select w.instance_id from work w where w.instance_id = d.instance_id for update skip locked) as w),
firing as (
  select d.* from due d
  where d.instance_id in (select h.instance_id from held h) or not exists (select 1 from work w where w.instance_id = d.instance_id offset 0)),
gone as (delete from bookmark b where b.id = any(array(select f.bookmark_id from firing f)) returning b.id),
fired as (delete from timer t where t.bookmark_id = any(array(select f.bookmark_id from firing f))),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, at, lateness_ms)
  select f.instance_id, 3, f.bookmark_id, n.at, extract(epoch from n.at - f.due_at) * 1000
  from firing f join gone g on g.id = f.bookmark_id, now n order by f.due_at, f.bookmark_id
  returning instance_id)
select count(*)::int, exists (select 1 from start_trigger s where s.due_at <= (select at from now)), wake(array(select instance_id from mail)) from mail
