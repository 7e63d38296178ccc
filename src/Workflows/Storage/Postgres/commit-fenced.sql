-- Which bursts of a refused group are not current.
select b.id from unnest(@ids, @tokens, @seqs) as b(id, token, seq)
where not exists (select 1 from work w join instance i on i.id = w.instance_id
  where w.instance_id = b.id and w.claim_token = b.token and i.seq = b.seq offset 0)
