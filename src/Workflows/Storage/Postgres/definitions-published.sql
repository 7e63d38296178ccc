-- The published versions, by their partial index; with @mentions only those whose file has that text in it.
select version_id, definition_id, version, is_published
from definition
where is_published and (@mentions is null or position(convert_to(@mentions, 'UTF8') in body) > 0)
order by definition_id
