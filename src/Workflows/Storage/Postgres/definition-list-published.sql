-- The published versions by their partial index; with @definition, all versions of that one that were ever published.
select version_id, definition_id, version, is_published
from definition
where (@definition is null and is_published) or (definition_id = @definition and was_published)
order by definition_id, version desc
