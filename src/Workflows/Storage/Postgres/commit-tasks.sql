-- New tasks; the id is the bookmark's. A task that is given to someone at once counts as claimed.
insert into task (id, instance_id, activity_id, subject_id, business_key, kind, title, role, unit, assignee, excluded, subject, outcomes, form, data,
  due_at, priority, state, created_at, claimed_at)
select id, instance_id, activity_id, subject_id, business_key, kind, title, role, unit, assignee,
  array(select json_array_elements_text(excluded)), subject, outcomes, form, data, due_at, priority,
  case when assignee is null then 1 else 2 end, at, case when assignee is not null then at end
from unnest(@ids, @instances, @activities, @subject_ids, @business_keys, @kinds, @titles, @roles, @units, @assignees, @excluded, @subjects,
  @outcomes, @forms, @data, @dues, @priorities, @ats)
as t(id, instance_id, activity_id, subject_id, business_key, kind, title, role, unit, assignee, excluded, subject, outcomes, form, data, due_at, priority, at)
where exists (select 1 from instance i where i.id = t.instance_id)
