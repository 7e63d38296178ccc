-- New bookmarks with their timers. Those of a start that was not written after all (a repeat, a halt) are left out with it.
with n as (
  select n.* from unnest(@ids, @instances, @ordinals, @activities, @names, @kinds, @keys, @correlations, @subjects, @seqs, @ats, @dues, @rules)
  as n(id, instance_id, ordinal, activity_id, name, kind, key, correlation_id, subject_id, seq, at, due_at, rule)
  where exists (select 1 from instance i where i.id = n.instance_id)),
timers as (
  insert into timer (bookmark_id, instance_id, subject_id, due_at, rule) select id, instance_id, subject_id, due_at, rule from n where due_at is not null)
insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, key, key_hash, correlation_id, subject_id, created_seq, created_at)
select id, instance_id, ordinal, activity_id, name, kind, key, hashtextextended(key, 0), correlation_id, subject_id, seq, at from n
