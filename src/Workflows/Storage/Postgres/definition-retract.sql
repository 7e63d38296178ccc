-- The mark goes, the bytes stay. published_by, even when empty, remembers that this version was public and must not change.
delete from start_trigger where definition_id = @definition
-- then
update definition set is_published = false, published_by = coalesce(published_by, '') where definition_id = @definition and is_published
returning 1
