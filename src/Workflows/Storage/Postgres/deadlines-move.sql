-- Only those that still stand as they were read; whatever fired or was dropped meanwhile is gone.
update timer t set due_at = n.due_at from unnest(@ids, @olds, @dues) as n(id, old_due, due_at) where t.bookmark_id = n.id and t.due_at = n.old_due
