-- Whose a method and path is (unique index start_trigger_http).
select definition_id, key from start_trigger where kind = 2 and key = any(@keys) and definition_id <> @definition limit 1
