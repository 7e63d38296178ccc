-- Locks runnable instances for a lease and gives each a fresh token (index work_ready). Whatever failed twice is claimed alone, so that
-- only its own crashes count towards poison; five attempts and it is not claimed at all.
with ready as (
  select instance_id, attempts, ready_at from work
  where ready_at <= statement_timestamp() and attempts < 5
  order by ready_at limit @limit for update skip locked),
oldest as (select instance_id, attempts >= 2 as alone from ready order by ready_at, instance_id limit 1),
chosen as (
  select r.instance_id from ready r, oldest o
  where case when o.alone then r.instance_id = o.instance_id else r.attempts < 2 end),
claimed as (
  update work w set ready_at = statement_timestamp() + @lease, claimed_by = @node, attempts = w.attempts + 1, claim_token = nextval('claim_seq')
  where w.instance_id = any(array(select c.instance_id from chosen c))
  returning w.instance_id)
select set_config('flow.claimed', coalesce(array_agg(instance_id), '{}')::text, true) from claimed
-- then: rule 2, state on a new snapshot; in one statement it would be older than the wake that was just locked
select w.instance_id, w.claim_token, w.wake, w.attempts, i.seq, i.status, i.definition_id, i.definition_version_id, i.definition_version,
  i.chain_head, i.correlation_id, i.business_key, i.subject_id, i.parent_id, i.parent_bookmark,
  case when k.seq = i.seq then null else s.state end as state, coalesce(k.seq = i.seq, false) as is_cached, (select business_time()) as now
from unnest(current_setting('flow.claimed')::uuid[]) as c(id)
cross join lateral (select * from work w where w.instance_id = c.id offset 0) as w
left join instance i on i.id = c.id
left join unnest(@cached_ids, @cached_seqs) as k(id, seq) on k.id = c.id
left join instance_state s on s.instance_id = c.id and k.seq is distinct from i.seq
-- then: all their mail, oldest first (index inbox_instance); the locked work rows keep senders out until this transaction ends
select m.instance_id, m.id, m.kind, m.bookmark_id, m.payload, m.at, m.lateness_ms
from unnest(current_setting('flow.claimed')::uuid[]) as c(id), lateral (select * from inbox m where m.instance_id = c.id offset 0) as m order by m.instance_id, m.id
