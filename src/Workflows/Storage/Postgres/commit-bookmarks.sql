-- New bookmarks with their timers and tasks.
with n as (
  select * from unnest(@ids, @instances, @ordinals, @activities, @names, @kinds, @keys, @correlations, @subjects, @seqs, @ats, @dues, @rules)
  as n(id, instance_id, ordinal, activity_id, name, kind, key, correlation_id, subject_id, seq, at, due_at, rule)),
timers as (
  insert into timer (bookmark_id, instance_id, subject_id, due_at, rule) select id, instance_id, subject_id, due_at, rule from n where due_at is not null)
insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, key, key_hash, correlation_id, subject_id, created_seq, created_at)
select id, instance_id, ordinal, activity_id, name, kind, key, hashtextextended(key, 0), correlation_id, subject_id, seq, at from n
