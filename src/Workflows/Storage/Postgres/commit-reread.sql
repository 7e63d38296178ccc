-- The connection broke during a commit: the locked row says whether it happened. "for share" waits for a server process that still works on it.
select i.id, i.seq, i.chain_head from instance i where i.id = any(@ids) order by i.id for share
-- then: what is left to do for those that were committed
select w.instance_id, w.wake from work w where w.instance_id = any(@ids)
