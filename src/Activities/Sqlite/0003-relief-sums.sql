-- Rules that were kept by the books alone until now. Each message begins with the invariant it keeps (data.md).

-- INV-04: the splits of an approved line stay
create trigger relief_line_split_kept_insert before insert on relief_line_split
when exists (select 1 from relief_settlement_line l where l.id = new.line_id and l.status in ('Approved', 'Paid'))
begin
  select raise(abort, 'INV-04: the splits of an approved line stay');
end;
create trigger relief_line_split_kept_update before update on relief_line_split
when exists (select 1 from relief_settlement_line l where l.id in (old.line_id, new.line_id) and l.status in ('Approved', 'Paid'))
begin
  select raise(abort, 'INV-04: the splits of an approved line stay');
end;
create trigger relief_line_split_kept_delete before delete on relief_line_split
when exists (select 1 from relief_settlement_line l where l.id = old.line_id and l.status in ('Approved', 'Paid'))
begin
  select raise(abort, 'INV-04: the splits of an approved line stay');
end;

-- INV-04: a batch is paid what its paid lines are
create trigger relief_settlement_batch_total before update on relief_settlement_batch
when new.paid_at is not null and new.paid_total <> coalesce((
    select sum(l.amount) from relief_settlement_line l where l.batch_id = new.id and l.status = 'Paid'), 0)
begin
  select raise(abort, 'INV-04: a batch is paid what its paid lines are');
end;

-- INV-10: no confirmation without the trace of the rules
create trigger relief_decision_record_traced before insert on relief_decision_record
when new.outcome = 'Confirmed' and new.rule_trace in ('', '[]')
begin
  select raise(abort, 'INV-10: no confirmation without the trace of the rules');
end;

-- INV-11: a delivered denial says until when to appeal
create trigger relief_decision_record_appeal before update on relief_decision_record
when new.outcome = 'Denied' and new.delivered_at is not null and new.appeal_by is null
begin
  select raise(abort, 'INV-11: a delivered denial says until when to appeal');
end;
