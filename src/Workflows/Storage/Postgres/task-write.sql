-- A deed that leaves the task open, and its trace.
update task set state = @state, assignee = @assignee, claimed_at = case when @state = 2 then (select business_time()) end, seq = seq + 1 where id = @task
-- then
insert into task_event (task_id, verb, by_whom, to_whom, at, note) values (@task, @verb, @by, @to, (select business_time()), @note)
