-- A message that raced with the end of its instance may leave a work row: nothing is left to run, so row and mail go.
with gone as (delete from work w using unnest(@ids, @tokens) as b(id, token) where w.instance_id = b.id and w.claim_token = b.token returning w.instance_id)
delete from inbox m using gone g where m.instance_id = g.instance_id
