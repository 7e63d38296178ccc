-- One save at a time per definition, so that "published" and "latest" stay true for one version each.
select pg_advisory_xact_lock(hashtextextended('definition' || chr(31) || @definition, 2))
-- then: a version that is or was public takes no other bytes; drafts with this number make room
select not exists (
    select 1 from definition where (definition_id = @definition and version = @version or version_id = @version_id)
      and (is_published or published_by is not null) and hash <> @hash),
  set_config('flow.save', (not exists (
    select 1 from definition where (definition_id = @definition and version = @version or version_id = @version_id)
      and (is_published or published_by is not null) and hash <> @hash))::text, true)
-- then
delete from definition where current_setting('flow.save') = 'true' and (definition_id = @definition and version = @version and version_id <> @version_id)
-- then
update definition set is_published = is_published and not @published, is_latest = is_latest and not @latest
where current_setting('flow.save') = 'true' and definition_id = @definition and version_id <> @version_id
  and (is_published and @published or is_latest and @latest)
-- then
insert into definition (version_id, definition_id, version, name, description, is_published, is_latest, body, hash, created_at, published_by)
select @version_id, @definition, @version, @name, @description, @published, @latest, @body, @hash, @created_at, case when @published then coalesce(@by, '') end
where current_setting('flow.save') = 'true'
on conflict (version_id) do update set version = excluded.version, name = excluded.name, description = excluded.description,
  is_published = excluded.is_published, is_latest = excluded.is_latest, body = excluded.body, hash = excluded.hash,
  created_at = excluded.created_at, published_by = coalesce(definition.published_by, excluded.published_by)
