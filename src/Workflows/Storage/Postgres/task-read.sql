-- Work row first, as a commit does; then the task, locked until the deed is done.
select hold_work(array(select t.instance_id from task t where t.id = @task))
-- then
select t.state, t.assignee, t.excluded, t.outcomes, t.outcome, t.instance_id, (select business_time()) as now,
  (select e.verb || chr(31) || e.by_whom || chr(31) || coalesce(e.to_whom, '') from task_event e where e.task_id = t.id order by e.id desc limit 1) as last_deed,
  t.completed_by
from task t where t.id = @task for update of t
