-- One version by choice (unique on definition and version, partial unique on published and latest).
select version_id, definition_id, version, name, description, is_published, is_latest, body, hash, created_at, published_by, activation
from definition where definition_id = @definition and (@published and is_published or @latest and is_latest or version = @version or @newest)
order by version desc limit 1
