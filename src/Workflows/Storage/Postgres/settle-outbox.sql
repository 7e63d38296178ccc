-- Locks the work row of whoever waits for the answer, as a commit does, before the row itself.
select hold_work(array(select o.instance_id from outbox o where o.id = @id and o.reply_to is not null))
-- then: rule 13, only the update that takes the row out of pending mails the answer, and only by consuming the bookmark.
-- An at-most-once row never becomes pending again, whatever the sender wishes.
with settled as (
  update outbox o set
    state = case when @delivered then 2 when @retry_at is null or o.class = 2 then 3 else 0 end,
    next_at = coalesce(@retry_at, o.next_at), lease_until = null, last_error = @error,
    settled_at = case when @delivered or @retry_at is null or o.class = 2 then (select business_time()) end
  where o.id = @id and o.state in (0, 1)
  returning o.reply_to, o.state),
hit as (
  delete from bookmark b using settled s where b.id = s.reply_to and s.state in (2, 3) returning b.id, b.instance_id),
timers as (delete from timer t using hit h where t.bookmark_id = h.id),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, payload, at)
  select h.instance_id, 6, h.id, coalesce(@reply, @unknown), (select business_time()) from hit h returning instance_id)
select wake(array(select instance_id from mail))
