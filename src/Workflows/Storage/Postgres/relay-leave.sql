-- Not carried out: settled without it (2), dead (3) for the operator, halted (4) until the halt is lifted, or pending (0) for another attempt later.
update outbox set state = @state, attempts = attempts + 1, last_error = @error, next_at = (select business_time()) + @later,
  settled_at = case when @state in (2, 3) then (select business_time()) end
where id = @id and state = 0
