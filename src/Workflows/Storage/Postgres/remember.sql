-- The first answer stays; a start that came without one gets it now.
with fresh as (
  insert into idempotency (scope, key, request_hash, status, body, created_at)
  select @scope, @key, @hash, @status, @body, (select business_time()) where @status is not null
  on conflict (scope, key) do update set status = excluded.status, body = excluded.body
    where idempotency.status is null and idempotency.request_hash = excluded.request_hash
  returning idempotency.xmax = 0 as is_new)
select (select is_new from fresh)
-- then: on a new snapshot, so that the answer of a request that ran beside this one is seen
select request_hash = @hash, status, body from idempotency where scope = @scope and key = @key
