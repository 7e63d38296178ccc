-- How long until the next timer or schedule, when real time brings it within reach (indexes timer_due and start_trigger_due).
select n.due_at - statement_timestamp() from (
  (select t.due_at from timer t
   where t.due_at > statement_timestamp() and t.due_at <= statement_timestamp() + @within order by t.due_at limit 1)
  union all
  (select s.due_at from start_trigger s
   where s.due_at > statement_timestamp() and s.due_at <= statement_timestamp() + @within order by s.due_at limit 1)) as n
where exists (select 1 from clock where id = 1 and manual_now is null)
order by n.due_at limit 1
