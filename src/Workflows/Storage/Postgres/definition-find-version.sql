-- By primary key.
select version_id, definition_id, version, name, description, is_published, is_latest, body, hash, created_at, published_by, activation
from definition where version_id = @version_id
