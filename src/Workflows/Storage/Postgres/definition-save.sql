-- One save at a time per definition, so that "published" and "latest" stay true for one version each.
select pg_advisory_xact_lock(hashtextextended('definition' || chr(31) || @definition, 2))
-- then: a version that is or was public takes no other bytes; drafts with this number make room
-- and a save over another latest version than its author saw is refused
select set_config('flow.save', (not fixed and not changed)::text, true) = 'true', changed
from (select
  exists (select 1 from definition where (definition_id = @definition and version = @version or version_id = @version_id)
    and (is_published or published_by is not null) and hash <> @hash) as fixed,
  exists (select 1 from definition where definition_id = @definition and is_latest and hash <> @over) as changed) as found
-- then
delete from definition where current_setting('flow.save') = 'true' and (definition_id = @definition and version = @version and version_id <> @version_id)
-- then
update definition set is_published = is_published and not @published, is_latest = is_latest and not @latest
where current_setting('flow.save') = 'true' and definition_id = @definition and version_id <> @version_id
  and (is_published and @published or is_latest and @latest)
-- then
insert into definition (version_id, definition_id, version, name, description, is_published, is_latest, body, hash, created_at, published_by, activation)
select @version_id, @definition, @version, @name, @description, @published, @latest, @body, @hash, @created_at, case when @published then coalesce(@by, '') end, @activation
where current_setting('flow.save') = 'true'
on conflict (version_id) do update set version = excluded.version, name = excluded.name, description = excluded.description,
  is_published = excluded.is_published, is_latest = excluded.is_latest, body = excluded.body, hash = excluded.hash,
  created_at = excluded.created_at, activation = excluded.activation, published_by = coalesce(definition.published_by, excluded.published_by)
-- then: its triggers take the place of the former version's; a schedule under the same key keeps its next moment
delete from start_trigger t where current_setting('flow.save') = 'true' and @published and t.definition_id = @definition
  and not exists (select 1 from unnest(@trigger_activities, @trigger_keys) as n(activity_id, key) where n.activity_id = t.activity_id and n.key = t.key)
-- then
insert into start_trigger (definition_id, activity_id, key, kind, version, settings, due_at)
select @definition, n.activity_id, n.key, n.kind, @version, n.settings, n.due_at
from unnest(@trigger_activities, @trigger_keys, @trigger_kinds, @trigger_settings, @trigger_dues) as n(activity_id, key, kind, settings, due_at)
where current_setting('flow.save') = 'true' and @published
on conflict (definition_id, activity_id, key) do update set kind = excluded.kind, version = excluded.version, settings = excluded.settings
