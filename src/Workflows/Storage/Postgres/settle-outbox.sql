-- Locks the work rows of those who wait for the answers, as a commit does, before the rows themselves.
select hold_work(array(select o.instance_id from outbox o where o.id = any(@ids) and o.reply_to is not null))
-- then: rule 13, only the update that takes a row out of pending mails the answer, and only by consuming the bookmark.
-- An at-most-once row never becomes pending again, whatever the sender wishes.
with r as materialized (select * from unnest(@ids, @delivered, @retry_ats, @errors, @replies) as r(id, delivered, retry_at, error, reply)),
settled as (
  update outbox o set
    state = case when r.delivered then 2 when r.retry_at is null or o.class = 2 then 3 else 0 end,
    next_at = coalesce(r.retry_at, o.next_at), lease_until = null, last_error = r.error,
    settled_at = case when r.delivered or r.retry_at is null or o.class = 2 then (select business_time()) end
  from r where o.id = any(@ids) and o.id = r.id and o.state in (0, 1)
  returning o.id, o.reply_to, o.state),
hit as (
  delete from bookmark b where b.id = any(array(select s.reply_to from settled s where s.reply_to is not null and s.state in (2, 3))) returning b.id, b.instance_id),
timers as (delete from timer t where t.bookmark_id = any(array(select h.id from hit h))),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, payload, at)
  select h.instance_id, 6, h.id, coalesce(r.reply, @unknown), (select business_time())
  from hit h join settled s on s.reply_to = h.id join r on r.id = s.id order by h.instance_id, h.id
  returning instance_id)
select wake(array(select instance_id from mail))
