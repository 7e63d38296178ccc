-- K6: waiting, and nothing that could wake it.
select 'K6' as code, 'waits for nothing' as what, count(*) as many, min(i.id::text) as example from instance i
where i.status = 2 and i.updated_at <= (select business_time()) - @grace
  and not exists (select 1 from bookmark b where b.instance_id = i.id) and not exists (select 1 from work w where w.instance_id = i.id)
union all
-- K7: a bookmark whose instance is finished or missing.
select 'K7', 'bookmark of no open instance', count(*), min(b.id::text) from bookmark b left join instance i on i.id = b.instance_id
where (i.id is null or i.status >= 8) and b.created_at <= (select business_time()) - @grace
union all
-- K8: a timer without its bookmark.
select 'K8', 'timer without bookmark', count(*), min(t.bookmark_id::text) from timer t left join bookmark b on b.id = t.bookmark_id where b.id is null
union all
-- K9: mail and nobody told. An instance that stands still on purpose keeps its mail.
select 'K9', 'mail without work row', count(*), min(m.instance_id::text) from inbox m left join instance i on i.id = m.instance_id
where coalesce(i.status, 0) not in (3, 4) and m.at <= (select business_time()) - @grace
  and not exists (select 1 from work w where w.instance_id = m.instance_id)
union all
-- K10: a child has ended, its parent still waits for it, and its mail is neither there nor on its way.
select 'K10', 'child ended, parent asleep', count(*), min(c.id::text) from instance c join bookmark b on b.id = c.parent_bookmark
where c.status >= 8 and c.finished_at <= (select business_time()) - @grace
  and not exists (select 1 from inbox m where m.instance_id = c.parent_id and m.bookmark_id = c.parent_bookmark)
  and not exists (select 1 from outbox o where o.instance_id = c.id and o.kind = 5 and o.state = 0)
