-- Prolongs leases by token. The work table holds only what runs or is about to, so it needs no index on the token.
update work set ready_at = statement_timestamp() + @lease where claim_token = any(@tokens) returning claim_token
