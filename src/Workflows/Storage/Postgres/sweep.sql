-- What has outlived its time; each by its index on the time.
with parked as (delete from parked_event where expires_at <= (select business_time()) returning 1),
keys as (delete from idempotency where created_at < (select business_time()) - interval '30 days' returning 1),
sent as (delete from outbox where state = 2 and settled_at <= (select business_time()) - interval '30 days' returning 1),
nodes as (delete from node where beat_at < statement_timestamp() - interval '1 day' returning 1)
select ((select count(*) from parked) + (select count(*) from keys) + (select count(*) from sent) + (select count(*) from nodes))::int
