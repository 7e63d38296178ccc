-- What is due next, strictly after now, and what runs. What a halt, a paused target or poison holds back does not count: it will not move by itself.
select
  least(
    (select t.due_at from timer t where t.due_at > (select business_time())
       and (t.subject_id is null or not is_halted(t.subject_id, t.instance_id)) order by t.due_at limit 1),
    (select s.due_at from start_trigger s where s.due_at > (select business_time()) order by s.due_at limit 1),
    (select o.next_at from outbox o where o.state = 0 and o.kind in (1, 2) and o.next_at > (select business_time())
       and not exists (select 1 from paused_target p where p.target = o.target)
       and (o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id)) order by o.next_at limit 1),
    (select o.next_at from outbox o where o.state = 0 and o.kind in (3, 4, 5) and o.next_at > (select business_time())
       and (o.kind = 5 or o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id)) order by o.next_at limit 1)) as next_due,
  (select count(*) from work where attempts < 5 or claim_token is not null and ready_at > statement_timestamp())::int as working,
  (select count(*) from (select 1 from outbox o where o.state = 0 and o.kind in (1, 2, 3, 4, 5) and o.next_at <= (select business_time())
     and (o.kind > 2 or not exists (select 1 from paused_target p where p.target = o.target))
     and (o.kind = 5 or o.passes_halt or o.subject_id is null or not is_halted(o.subject_id, o.instance_id)) limit 10000) as x)::int
  + (select count(*) from outbox where state = 1)::int as leaving,
  (select count(*) from (select 1 from timer t where t.due_at <= (select business_time())
     and (t.subject_id is null or not is_halted(t.subject_id, t.instance_id)) limit 10000) as x)::int
  + (select count(*) from start_trigger s where s.due_at <= (select business_time()))::int as due
