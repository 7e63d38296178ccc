-- Only those that still stand as they were read; whatever fired or was dropped meanwhile is gone. The task of the same run moves
-- along; what an instance waits for is read from both. Instances are locked first, as a burst's commit does, in the order of their ids.
with moves as materialized (
  select n.id, n.old_due, n.due_at, b.instance_id, b.ordinal
  from unnest(@ids, @olds, @dues) as n(id, old_due, due_at) join bookmark b on b.id = n.id),
held as materialized (
  select i.id from instance i where i.id in (select m.instance_id from moves m) order by i.id for update),
moved as (
  update timer t set due_at = m.due_at from moves m
  where t.bookmark_id = m.id and t.due_at = m.old_due and m.instance_id in (select h.id from held h)
  returning m.instance_id, m.ordinal, m.old_due, m.due_at),
tasks as (
  update task k set due_at = m.due_at from moved m join bookmark b on b.instance_id = m.instance_id and b.ordinal = m.ordinal
  where k.id = b.id and k.state < 5 and k.due_at = m.old_due)
select count(*)::int from moved
