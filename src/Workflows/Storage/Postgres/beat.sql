-- The node lives; then the claims of those that have been silent for 10 s, and those of its own former life, go to whoever is there. Only the database's clock counts.
insert into node (node_id, started_at, beat_at, version) values (@node, statement_timestamp(), statement_timestamp(), @version)
on conflict (node_id) do update set beat_at = excluded.beat_at, version = excluded.version
-- then: skip locked, because a locked row is being committed or claimed this moment
update work w set claim_token = null, claimed_by = null, ready_at = statement_timestamp()
where w.instance_id in (
  select o.instance_id from work o join node n on n.node_id = o.claimed_by
  where o.claim_token is not null and (n.beat_at < statement_timestamp() - interval '10 s' or @first and o.claimed_by = @node) for update of o skip locked)
