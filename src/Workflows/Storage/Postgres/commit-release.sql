-- Lets go of the work rows. The fence has locked them, so the wake compared here is the current one (never compare it in the statement that
-- locks). A row that was called meanwhile, or has work to do now, is re-armed for anyone; a finished one is deleted whatever came.
with judged as (
  select b.id, b.keep and b.status < 8 as keep,
    b.status < 8 and (w.wake <> b.wake or b.status = 2 and exists (select 1 from inbox m where m.instance_id = b.id offset 0)) as more,
    b.status = 1 as is_running
  from unnest(@ids, @wakes, @statuses, @keeps) as b(id, wake, status, keep), lateral (select w.wake from work w where w.instance_id = b.id offset 0) as w),
gone as (delete from work w where w.instance_id = any(array(select j.id from judged j where not (j.keep or j.more or j.is_running)))),
stays as (
  update work w set attempts = 0, last_error = null,
    ready_at = statement_timestamp() + case when w.instance_id = any(array(select j.id from judged j where j.keep)) then @lease else interval '0' end,
    claim_token = case when w.instance_id = any(array(select j.id from judged j where j.keep)) then w.claim_token end,
    claimed_by = case when w.instance_id = any(array(select j.id from judged j where j.keep)) then w.claimed_by end
  where w.instance_id = any(array(select j.id from judged j where j.keep or j.more or j.is_running)))
select id as released, more from judged
