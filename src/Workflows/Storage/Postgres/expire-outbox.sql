-- At-most-once rows whose sender fell silent (index outbox_started). Work rows first, as a commit does.
select hold_work(array(select o.instance_id from outbox o where o.state = 1 and o.lease_until <= statement_timestamp() and o.reply_to is not null))
-- then: nobody knows whether it happened, so people are asked (rule 13)
with over as (
  update outbox o set state = 3, lease_until = null, last_error = 'outcome unknown', settled_at = (select business_time())
  where o.id in (select e.id from outbox e where e.state = 1 and e.lease_until <= statement_timestamp() for update skip locked) and o.state = 1
  returning o.reply_to),
hit as (delete from bookmark b where b.id = any(array(select o.reply_to from over o where o.reply_to is not null)) returning b.id, b.instance_id),
timers as (delete from timer t where t.bookmark_id = any(array(select h.id from hit h))),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, payload, at)
  select h.instance_id, 6, h.id, @unknown, (select business_time()) from hit h order by h.instance_id, h.id returning instance_id)
select (select count(*) from over)::int, wake(array(select instance_id from mail))
