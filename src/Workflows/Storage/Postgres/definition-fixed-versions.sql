-- Every version of one definition that is fixed: published_by, even when empty, says so.
select version_id, definition_id, version, is_published
from definition
where definition_id = @definition and published_by is not null
order by version desc
