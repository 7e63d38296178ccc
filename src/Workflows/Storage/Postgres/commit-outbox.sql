-- What leaves the instances with this commit (I4), numbered in the order in which it was decided.
insert into outbox (id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, urgent, next_at, created_at)
select id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, urgent, coalesce(not_before, at), at
from unnest(@ids, @instances, @subjects, @activities, @kinds, @classes, @targets, @payloads, @replies, @passes, @urgent, @not_befores, @ats)
with ordinality as o(id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, urgent, not_before, at, place)
where exists (select 1 from instance i where i.id = o.instance_id)
order by place
-- The same id again means the same thing again: sent anew only when it had been given up, or when its answer is waited for once more.
on conflict (id) do update set
  state = 0, attempts = 0, lease_until = null, settled_at = null, next_at = excluded.next_at, payload = excluded.payload, reply_to = excluded.reply_to
where outbox.class <> 2 and (outbox.state = 3 or (outbox.state = 2 and outbox.class = 1))
