-- What every burst writes: the narrow row, the state, exactly the mail that it read (rule 1), one journal row.
-- All by primary keys. The chain's previous head is the one of before: a statement does not see its own changes.
with b as (
  select * from unnest(
    @ids, @seqs, @version_ids, @versions, @statuses, @names, @correlations, @heads, @incidents, @fault_codes, @fault_messages, @fault_activities, @fault_sigs,
    @wait_kinds, @wait_activities, @wait_sinces, @wait_dues, @ats, @states, @journals)
  as b(id, seq, version_id, version, status, name, correlation_id, head, incidents, fault_code, fault_message, fault_activity, fault_sig,
    wait_kind, wait_activity, wait_since, wait_due, at, state, events)),
told as (
  update instance i set seq = i.seq + 1, status = b.status, name = coalesce(b.name, i.name), correlation_id = coalesce(b.correlation_id, i.correlation_id),
    chain_head = b.head, incidents = b.incidents, fault_code = b.fault_code, fault_message = b.fault_message, fault_activity = b.fault_activity,
    definition_version_id = coalesce(b.version_id, i.definition_version_id), definition_version = coalesce(b.version, i.definition_version), fault_sig = b.fault_sig, wait_kind = b.wait_kind, wait_activity = b.wait_activity, wait_since = b.wait_since, wait_due = b.wait_due,
    updated_at = b.at, finished_at = case when b.status >= 8 then b.at end
  from b where i.id = b.id and i.seq = b.seq),
stated as (
  insert into instance_state (instance_id, seq, codec, state) select id, seq + 1, 1, state from b
  on conflict (instance_id) do update set seq = excluded.seq, codec = excluded.codec, state = excluded.state),
eaten as (delete from inbox m where m.id = any(@mail) and m.instance_id = any(@mail_of))
insert into journal (at, instance_id, seq, node, events, prev_hash, hash)
select b.at, b.id, b.seq + 1, w.claimed_by, b.events, i.chain_head, b.head
from b, lateral (select w.claimed_by from work w where w.instance_id = b.id offset 0) as w, lateral (select i.chain_head from instance i where i.id = b.id offset 0) as i
