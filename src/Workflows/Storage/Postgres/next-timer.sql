-- How long until the next timer, when real time brings it within reach (index timer_due).
select t.due_at - statement_timestamp() from timer t
where t.due_at > statement_timestamp() and t.due_at <= statement_timestamp() + @within and exists (select 1 from clock where id = 1 and manual_now is null)
order by t.due_at limit 1
