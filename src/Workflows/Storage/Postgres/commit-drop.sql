-- Bookmarks that the bursts dropped, their timers, their tasks (by primary keys); event mail that came for them is parked again (rule 4).
select park_again(p.mails) from (select array(select m.id from unnest(@parking) as u(id), lateral (select * from inbox m where m.instance_id = u.id offset 0) as m where m.bookmark_id = any(@dropped) and m.kind = 2 order by m.id)) as p(mails)
where cardinality(p.mails) > 0
-- then: after the mail, so that the parking saw what it was for
with timers as (delete from timer where bookmark_id = any(@dropped)),
tasks as (update task set state = 6, completed_at = (select business_time()), seq = seq + 1 where id = any(@dropped) and state < 5 returning id),
traces as (insert into task_event (task_id, verb, by_whom, at) select id, 'Cancel', '', (select business_time()) from tasks)
delete from bookmark where id = any(@dropped)
