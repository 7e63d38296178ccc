-- The end of instances: nothing may wake them any more. Unread events go back among the parked ones (index inbox_instance).
select park_again(p.mails) from (select array(select m.id from unnest(@ids) as u(id), lateral (select m.id from inbox m where m.instance_id = u.id offset 0) as m order by m.id)) as p(mails) where cardinality(p.mails) > 0
-- then: bookmarks (index bookmark_instance), their timers, open tasks (index task_instance), remembered mail keys
with gone as (delete from bookmark where instance_id = any(@ids) returning id),
timers as (delete from timer t where t.bookmark_id = any(array(select g.id from gone g))),
keys as (delete from mail_dedup where instance_id = any(@ids)),
tasks as (update task set state = 6, completed_at = (select business_time()), seq = seq + 1 where instance_id = any(@ids) and state < 5 returning id)
insert into task_event (task_id, verb, by_whom, at) select id, 'Cancel', '', (select business_time()) from tasks
