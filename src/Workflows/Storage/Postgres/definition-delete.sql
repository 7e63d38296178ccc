-- One change at a time per definition. A version that instances run on is kept, off every list; asked for alone it is not touched.
select pg_advisory_xact_lock(hashtextextended('definition' || chr(31) || @definition, 2))
-- then
select set_config('flow.delete', (count(*) > 0 and (@version is null or not bool_or(exists (
    select 1 from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.version_id))))::text, true) = 'true'
from definition d where d.definition_id = @definition and (@version is null or d.version = @version)
-- then
delete from start_trigger t where current_setting('flow.delete') = 'true' and t.definition_id = @definition
  and (@version is null or exists (select 1 from definition d where d.definition_id = @definition and d.version = @version and d.is_published))
-- then
delete from definition d where current_setting('flow.delete') = 'true' and d.definition_id = @definition and (@version is null or d.version = @version)
  and not exists (select 1 from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.version_id)
-- then
update definition set is_latest = false, is_published = false, published_by = coalesce(published_by, '')
where current_setting('flow.delete') = 'true' and definition_id = @definition and @version is null and (is_latest or is_published)
-- then
update definition set is_latest = true
where current_setting('flow.delete') = 'true' and definition_id = @definition and @version is not null
  and version = (select max(version) from definition where definition_id = @definition)
  and not exists (select 1 from definition where definition_id = @definition and is_latest)
