-- Mail to one instance. The work row is locked first, as a commit does; only then are the instance and its bookmark looked at.
select hold_work(array[@instance])
-- then: an operator's word frees an instance that was parked as poison
update work set attempts = 0 where instance_id = @instance and attempts >= 5 and @kind in (7, 8, 10, 14)
-- then: once per dedup key, and with a bookmark only by consuming it (rule 4); all by primary keys
with target as (select id from instance where id = @instance and status < 8),
place as (
  select t.id from target t
  where @bookmark is null or exists (select 1 from bookmark b where b.id = @bookmark and b.instance_id = t.id)),
fresh as (
  insert into mail_dedup (instance_id, dedup_key) select p.id, @dedup from place p where @dedup is not null on conflict do nothing returning 1),
hit as (
  delete from bookmark b using place p where b.id = @bookmark and b.instance_id = p.id and (@dedup is null or exists (select 1 from fresh))
  returning b.id),
timers as (delete from timer t using hit h where t.bookmark_id = h.id),
mail as (
  insert into inbox (instance_id, kind, bookmark_id, dedup_key, payload, at)
  select p.id, @kind, @bookmark, @dedup, @payload, (select business_time()) from place p
  where (@dedup is null or exists (select 1 from fresh)) and (@bookmark is null or exists (select 1 from hit))
  returning instance_id)
select exists (select 1 from target), exists (select 1 from mail),
  @dedup is not null and (exists (select 1 from mail_dedup where instance_id = @instance and dedup_key = @dedup)
    or exists (select 1 from place) and not exists (select 1 from fresh)),
  wake(array(select instance_id from mail))
