-- Moves schedules to their next moment and leaves the start of what was due to the relay. The id says which occurrence it is: it starts once.
with f as (
  select f.* from unnest(@definitions, @activities, @keys, @nexts, @ids, @payloads, @ats) as f(definition_id, activity_id, key, next_at, id, payload, at)),
moved as (
  update start_trigger t set due_at = f.next_at from f
  where t.definition_id = f.definition_id and t.activity_id = f.activity_id and t.key = f.key)
insert into outbox (id, instance_id, activity_id, kind, class, target, payload, next_at, created_at)
select f.id, f.id, f.activity_id, 4, 0, 'start:' || f.definition_id, f.payload, f.at, f.at from f
on conflict (id) do nothing
