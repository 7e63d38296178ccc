-- Leases rows that leave the house, in the order in which they were decided (index outbox_leaving), but first what is urgent (index outbox_urgent).
-- next_at is business time, the lease the database's clock. An at-most-once row becomes "started" and leaves the index for good (rule 13).
with urgent as (
  select o.id from outbox o
  where o.state = 0 and o.kind in (1, 2) and o.urgent and o.next_at <= (select business_time())
    and (o.lease_until is null or o.lease_until <= statement_timestamp())
    and not exists (select 1 from paused_target p where p.target = o.target)
    and (o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id))
  order by o.next_at, o.number limit @limit for update of o skip locked),
other as (
  select o.id from outbox o
  where o.state = 0 and o.kind in (1, 2) and not o.urgent and o.next_at <= (select business_time())
    and (o.lease_until is null or o.lease_until <= statement_timestamp())
    and not exists (select 1 from paused_target p where p.target = o.target)
    and (o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id))
  order by o.next_at, o.number limit @limit - (select count(*) from urgent) for update of o skip locked),
leased as (
  update outbox o set state = case when o.class = 2 then 1 else 0 end, attempts = o.attempts + 1, lease_until = statement_timestamp() + @lease
  where o.id = any(array(select u.id from urgent u union all select t.id from other t))
  returning o.id, o.number, o.instance_id, o.activity_id, o.kind, o.class, o.target, o.payload, o.reply_to, o.passes_halt, o.attempts, o.created_at, o.urgent)
select l.*, (select business_time()) as now from leased l order by l.urgent desc, l.number
