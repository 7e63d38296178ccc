-- The next row that stays inside the house (index outbox_inside). The engine's own mail is not a message of the person: no halt stops it.
select o.id, o.instance_id, o.kind, o.payload, o.passes_halt, o.attempts from outbox o
where o.state = 0 and o.kind in (3, 4, 5) and o.next_at <= (select business_time())
  and (o.kind = 5 or o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id))
order by o.next_at, o.number limit 1 for update of o skip locked
