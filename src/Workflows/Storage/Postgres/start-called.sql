-- Which of these new instances were called at once, by events that had been waiting for them.
select w.instance_id as called from work w where w.instance_id = any(@ids) and (w.claim_token is null or w.wake > 1)
