-- Starts a group in one statement: key and instance, or nothing of a request that was made before. With its first burst (has_run) comes what
-- that burst wrote, else the start as mail and a work row.
-- "running" is the open instance that excludes the start (indexes instance_open and instance_correlated), under the lock that such starts share.
-- A key that another transaction is writing at this moment makes us wait and then find nothing: the caller asks once more.
with r as (
  select r.*, (select business_time()) as now, r.first_status is not null as has_run from unnest(
    @ids, @definition_ids, @versions, @version_ids, @correlations, @start_correlations, @business_keys, @subjects, @parents, @parent_bookmarks, @started_by,
    @inputs, @mail_kinds, @activations, @scopes, @keys, @hashes, @answer_statuses, @answer_bodies, @nodes, @passes,
    @statuses, @names, @heads, @incidents, @fault_codes, @fault_messages, @fault_activities, @fault_sigs,
    @wait_kinds, @wait_activities, @wait_sinces, @wait_dues, @ats, @states, @journals, @keeps)
  as r(id, definition_id, version, version_id, correlation_id, start_correlation, business_key, subject_id, parent_id, parent_bookmark, started_by,
    input, mail_kind, activation, scope, key, hash, answer_status, answer_body, node, passes,
    first_status, name, head, incidents, fault_code, fault_message, fault_activity, fault_sig,
    wait_kind, wait_activity, wait_since, wait_due, at, state, events, keep)),
judged as (
  select r.*, k.key is not null as is_known, k.request_hash as known_hash, k.status as known_status, k.body as known_body,
    k.instance_id as known_instance, i.id is not null as is_there,
    not r.passes and exists (select 1 from halt h where h.subject_id = r.subject_id
      and (h.handler is null or h.handler <> r.id and h.handler is distinct from r.parent_id)) as is_halted,
    case r.activation
      when 1 then (select o.id from instance o where o.definition_id = r.definition_id and o.status < 8 limit 1)
      when 2 then (select o.id from instance o where o.correlation_id = r.start_correlation and o.status < 8 limit 1)
      when 3 then case when r.start_correlation is null
        then (select o.id from instance o where o.definition_id = r.definition_id and o.status < 8 and o.correlation_id is null limit 1)
        else (select o.id from instance o where o.correlation_id = r.start_correlation and o.definition_id = r.definition_id and o.status < 8 limit 1) end
    end as running
  from r left join idempotency k on k.scope = r.scope and k.key = r.key left join instance i on i.id = r.id),
kept as (
  insert into idempotency (scope, key, request_hash, status, body, instance_id, created_at)
  select scope, key, hash, answer_status, answer_body, id, now from judged
  where key is not null and not is_known and not is_there and not is_halted and running is null order by scope, key
  on conflict (scope, key) do nothing returning instance_id),
born as (
  insert into instance (id, definition_id, definition_version, definition_version_id, status, seq, name, correlation_id, business_key, subject_id,
    parent_id, parent_bookmark, started_by, chain_head, incidents, fault_code, fault_message, fault_activity, fault_sig,
    wait_kind, wait_activity, wait_since, wait_due, created_at, updated_at, finished_at)
  select j.id, j.definition_id, j.version, j.version_id, coalesce(j.first_status, 1), case when has_run then 1 else 0 end, j.name, j.correlation_id,
    j.business_key, j.subject_id, j.parent_id, j.parent_bookmark, j.started_by, j.head, coalesce(j.incidents, 0), j.fault_code, j.fault_message,
    j.fault_activity, j.fault_sig, j.wait_kind, j.wait_activity, j.wait_since, j.wait_due, coalesce(j.at, j.now), coalesce(j.at, j.now),
    case when j.first_status >= 8 then j.at end
  from judged j where not is_there and not is_halted and running is null and (j.key is null or j.id in (select instance_id from kept)) order by j.id
  on conflict (id) do nothing returning id),
stated as (
  insert into instance_state (instance_id, seq, codec, state) select j.id, 1, 1, j.state from judged j join born b on b.id = j.id where has_run),
told as (
  insert into journal (at, instance_id, seq, node, events, hash) select j.at, j.id, 1, j.node, j.events, j.head from judged j join born b on b.id = j.id where has_run),
mail as (
  insert into inbox (instance_id, kind, payload, at)
  select j.id, j.mail_kind, j.input, j.now from judged j join born b on b.id = j.id where not has_run returning instance_id, id),
runnable as (
  insert into work (instance_id, ready_at, claim_token, claimed_by, attempts)
  select j.id, statement_timestamp() + case when is_held then @lease else interval '0' end,
    case when is_held then nextval('claim_seq') end, case when is_held then j.node end, case when is_held and not has_run then 1 else 0 end
  from (select j.*, j.node is not null and (not has_run or j.keep) as is_held from judged j) j join born b on b.id = j.id
  where not has_run or j.keep or j.first_status = 1 returning instance_id, claim_token)
select j.id as started, j.now, j.is_halted, j.is_there, j.is_known, j.known_hash = j.hash as is_same, j.known_status, j.known_body, j.known_instance,
  b.id is not null as is_born, m.id as mail_id, w.claim_token, j.running
from judged j left join born b on b.id = j.id left join mail m on m.instance_id = j.id left join runnable w on w.instance_id = j.id
