-- What leaves the instances with this commit (I4), numbered in the order in which it was decided.
insert into outbox (id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, next_at, created_at)
select id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, coalesce(not_before, at), at
from unnest(@ids, @instances, @subjects, @activities, @kinds, @classes, @targets, @payloads, @replies, @passes, @not_befores, @ats)
with ordinality as o(id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, not_before, at, place)
order by place
