-- Rules that were kept by the books alone until now. Each message begins with the invariant it keeps (data.md).

-- INV-04: the splits of an approved line stay
create function relief.line_split_kept() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.settlement_line l
             where l.id in (case when tg_op <> 'INSERT' then old.line_id end, case when tg_op <> 'DELETE' then new.line_id end) and l.status in ('Approved', 'Paid')) then
    raise exception 'INV-04: the splits of an approved line stay' using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger line_split_kept before insert or update or delete on relief.line_split
  for each row execute function relief.line_split_kept();

-- INV-04: a batch is paid what its paid lines are
create function relief.settlement_batch_total() returns trigger language plpgsql as $$
begin
  if new.paid_at is not null and new.paid_total <> coalesce((
    select sum(l.amount) from relief.settlement_line l where l.batch_id = new.id and l.status = 'Paid'), 0) then
    raise exception 'INV-04: a batch is paid what its paid lines are' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_batch_total before update on relief.settlement_batch
  for each row execute function relief.settlement_batch_total();

-- INV-10: no confirmation without the trace of the rules
create trigger decision_record_traced before insert on relief.decision_record
  for each row when (new.outcome = 'Confirmed' and new.rule_trace::text in ('', '[]'))
  execute function relief.refuse('INV-10: no confirmation without the trace of the rules');

-- INV-11: a delivered denial says until when to appeal
create trigger decision_record_appeal before update on relief.decision_record
  for each row when (new.outcome = 'Denied' and new.delivered_at is not null and new.appeal_by is null)
  execute function relief.refuse('INV-11: a delivered denial says until when to appeal');
