-- Schedules that are due, the oldest first (index start_trigger_due); those that another node is firing are left to it.
select t.definition_id, t.version, t.activity_id, t.key, t.due_at, (select business_time()) as now
from start_trigger t where t.due_at <= (select business_time()) order by t.due_at limit @limit for update skip locked
