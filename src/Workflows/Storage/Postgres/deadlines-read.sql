-- Deadlines in working days, page by page in the order of their ids (index timer_rule).
select bookmark_id, due_at, rule from timer where rule is not null and bookmark_id > @after order by bookmark_id limit 1000
