-- Starts a group in one statement: key, instance, start mail and work row, or nothing of a request that was made before.
-- A key that another transaction is writing at this moment makes us wait and then find nothing: the caller asks once more.
with r as (
  select *, (select business_time()) as now from unnest(
    @ids, @definition_ids, @versions, @version_ids, @correlations, @business_keys, @subjects, @parents, @parent_bookmarks, @started_by,
    @inputs, @scopes, @keys, @hashes, @answer_statuses, @answer_bodies, @nodes, @passes)
  as r(id, definition_id, version, version_id, correlation_id, business_key, subject_id, parent_id, parent_bookmark, started_by,
    input, scope, key, hash, answer_status, answer_body, node, passes)),
judged as (
  select r.*, k.key is not null as is_known, k.request_hash as known_hash, k.status as known_status, k.body as known_body,
    k.instance_id as known_instance, i.id is not null as is_there,
    not r.passes and exists (select 1 from halt h where h.subject_id = r.subject_id
      and (h.handler is null or h.handler <> r.id and h.handler is distinct from r.parent_id)) as is_halted
  from r left join idempotency k on k.scope = r.scope and k.key = r.key left join instance i on i.id = r.id),
kept as (
  insert into idempotency (scope, key, request_hash, status, body, instance_id, created_at)
  select scope, key, hash, answer_status, answer_body, id, now from judged
  where key is not null and not is_known and not is_there and not is_halted order by scope, key
  on conflict (scope, key) do nothing returning instance_id),
born as (
  insert into instance (id, definition_id, definition_version, definition_version_id, status, correlation_id, business_key, subject_id,
    parent_id, parent_bookmark, started_by, created_at, updated_at)
  select j.id, j.definition_id, j.version, j.version_id, 1, j.correlation_id, j.business_key, j.subject_id,
    j.parent_id, j.parent_bookmark, j.started_by, j.now, j.now
  from judged j where not is_there and not is_halted and (j.key is null or j.id in (select instance_id from kept)) order by j.id
  on conflict (id) do nothing returning id),
mail as (
  insert into inbox (instance_id, kind, payload, at)
  select j.id, 1, j.input, j.now from judged j join born b on b.id = j.id returning instance_id, id),
runnable as (
  insert into work (instance_id, ready_at, claim_token, claimed_by, attempts)
  select j.id, statement_timestamp() + case when j.node is null then interval '0' else @lease end,
    case when j.node is not null then nextval('claim_seq') end, j.node, case when j.node is null then 0 else 1 end
  from judged j join born b on b.id = j.id returning instance_id, claim_token)
select j.id, j.now, j.is_halted, j.is_there, j.is_known, j.known_hash = j.hash as is_same, j.known_status, j.known_body, j.known_instance,
  b.id is not null as is_born, m.id as mail_id, w.claim_token
from judged j left join born b on b.id = j.id left join mail m on m.instance_id = j.id left join runnable w on w.instance_id = j.id
