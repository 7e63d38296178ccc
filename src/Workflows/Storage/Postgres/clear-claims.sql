-- A message that raced with the end of its instance may leave a work row: nothing is left to run, so row and mail go.
with gone as (delete from work w where (w.instance_id, w.claim_token) in (select b.id, b.token from unnest(@ids, @tokens) as b(id, token)) and w.instance_id = any(@ids) returning w.instance_id)
delete from inbox m where m.instance_id = any(array(select g.instance_id from gone g))
