-- Completing consumes the bookmark into mail (rule 4). No bookmark, no completion: the burst that dropped it cancelled the task.
with hit as (delete from bookmark where id = @task returning id, instance_id),
timers as (delete from timer t using hit h where t.bookmark_id = h.id),
done as (
  update task t set state = 5, outcome = @outcome, result = @result, completed_by = @by, assignee = @by,
    claimed_at = coalesce(t.claimed_at, @at), completed_at = @at, seq = t.seq + 1
  from hit h where t.id = h.id),
trace as (insert into task_event (task_id, verb, by_whom, to_whom, at, note) select h.id, 'Complete', @by, null, @at, @outcome from hit h),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, payload, at) select h.instance_id, 4, h.id, @decision, @at from hit h returning instance_id)
select exists (select 1 from mail), wake(array(select instance_id from mail))
