-- The rules that no single column can hold. Each message begins with the invariant it keeps (data.md).

-- INV-25: a ledger entry is never changed or deleted; post the opposite
create trigger relief_ledger_entry_permanent_update before update on relief_ledger_entry
begin
  select raise(abort, 'INV-25: a ledger entry is never changed or deleted; post the opposite');
end;
create trigger relief_ledger_entry_permanent_delete before delete on relief_ledger_entry
begin
  select raise(abort, 'INV-25: a ledger entry is never changed or deleted; post the opposite');
end;

-- INV-25: an audit event is never changed or deleted
create trigger relief_audit_event_permanent_update before update on relief_audit_event
begin
  select raise(abort, 'INV-25: an audit event is never changed or deleted');
end;
create trigger relief_audit_event_permanent_delete before delete on relief_audit_event
begin
  select raise(abort, 'INV-25: an audit event is never changed or deleted');
end;

-- INV-12: a service number is for life
create trigger relief_service_number_permanent_update before update on relief_service_number
begin
  select raise(abort, 'INV-12: a service number is for life');
end;
create trigger relief_service_number_permanent_delete before delete on relief_service_number
begin
  select raise(abort, 'INV-12: a service number is for life');
end;

-- INV-25: a service record is never deleted
create trigger relief_service_record_permanent_delete before delete on relief_service_record
begin
  select raise(abort, 'INV-25: a service record is never deleted');
end;

-- INV-25: a decision is never deleted
create trigger relief_decision_record_permanent_delete before delete on relief_decision_record
begin
  select raise(abort, 'INV-25: a decision is never deleted');
end;

-- INV-25: a settlement line is never deleted
create trigger relief_settlement_line_permanent_delete before delete on relief_settlement_line
begin
  select raise(abort, 'INV-25: a settlement line is never deleted');
end;

-- INV-01, INV-03: an entry moves its account in the same statement; the account's checks and the 1 % cap refuse what may not be.
create trigger relief_ledger_entry_posts after insert on relief_ledger_entry
begin
  update relief_fund_account set
    appropriated = appropriated + case when new.kind in ('Allocate', 'Adjust', 'CarryOver') then new.amount else 0 end,
    reserved = reserved + case new.kind when 'Reserve' then new.amount when 'Release' then -new.amount when 'Commit' then -new.amount else 0 end,
    committed = committed + case new.kind when 'Commit' then new.amount when 'Spend' then -new.amount else 0 end,
    spent = spent + case new.kind when 'Spend' then new.amount when 'ClawBack' then -new.amount else 0 end
  where id = new.account_id;
  select raise(abort, 'INV-03: F3 above 1 % of the cap base')
  where new.kind in ('Allocate', 'Adjust', 'CarryOver') and new.amount > 0 and exists (
    select 1 from relief_fund_account a
    where a.id = new.account_id and a.kind = 'F3'
      and 100 * (select sum(b.appropriated) from relief_fund_account b
                 where b.kind = 'F3' and b.county_code = a.county_code and b.fiscal_year = a.fiscal_year)
        > coalesce((select c.cap_base from relief_fund_cap c where c.county_code = a.county_code and c.fiscal_year = a.fiscal_year), 0));
  select raise(abort, 'INV-03: F3 reserved above 1 % of the cap base')
  where new.kind = 'Reserve' and exists (
    select 1 from relief_fund_account a
    where a.id = new.account_id and a.kind = 'F3'
      and 100 * (select sum(b.reserved + b.committed + b.spent) from relief_fund_account b
                 where b.kind = 'F3' and b.county_code = a.county_code and b.fiscal_year = a.fiscal_year)
        > coalesce((select c.cap_base from relief_fund_cap c where c.county_code = a.county_code and c.fiscal_year = a.fiscal_year), 0));
end;

-- INV-01: an account opens empty; only the ledger fills it
create trigger relief_fund_account_opens_empty before insert on relief_fund_account
when new.appropriated <> 0 or new.reserved <> 0 or new.committed <> 0 or new.spent <> 0
begin
  select raise(abort, 'INV-01: an account opens empty; only the ledger fills it');
end;

-- INV-02: an account never changes its source, kind or year
create trigger relief_fund_account_stays before update on relief_fund_account
when new.kind is not old.kind or new.source_id is not old.source_id or new.fiscal_year is not old.fiscal_year or new.county_code is not old.county_code
begin
  select raise(abort, 'INV-02: an account never changes its source, kind or year');
end;

-- INV-01: a posting has a positive amount
create trigger relief_ledger_entry_signed before insert on relief_ledger_entry
when new.amount = 0 or (new.amount < 0 and new.kind not in ('Adjust', 'CarryOver'))
begin
  select raise(abort, 'INV-01: a posting has a positive amount');
end;

-- INV-27: periods of one price version overlap
create trigger relief_price_version_overlap_insert before insert on relief_price_version
when new.status = 'Approved' and exists (
    select 1 from relief_price_version o
    where o.item_code = new.item_code and o.area_code = new.area_code and o.id <> new.id and o.status = 'Approved'
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one price version overlap');
end;

create trigger relief_price_version_overlap_update before update on relief_price_version
when new.status = 'Approved' and exists (
    select 1 from relief_price_version o
    where o.item_code = new.item_code and o.area_code = new.area_code and o.id <> new.id and o.status = 'Approved'
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one price version overlap');
end;

-- INV-27: periods of one policy parameter overlap
create trigger relief_policy_parameter_overlap_insert before insert on relief_policy_parameter
when exists (
    select 1 from relief_policy_parameter o
    where o.key = new.key and o.area_code = new.area_code and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one policy parameter overlap');
end;

create trigger relief_policy_parameter_overlap_update before update on relief_policy_parameter
when exists (
    select 1 from relief_policy_parameter o
    where o.key = new.key and o.area_code = new.area_code and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one policy parameter overlap');
end;

-- INV-27: periods of one relief identity overlap
create trigger relief_relief_identity_overlap_insert before insert on relief_relief_identity
when exists (
    select 1 from relief_relief_identity o
    where o.person_id = new.person_id and o.category = new.category and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one relief identity overlap');
end;

create trigger relief_relief_identity_overlap_update before update on relief_relief_identity
when exists (
    select 1 from relief_relief_identity o
    where o.person_id = new.person_id and o.category = new.category and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, '9999-12-31') and coalesce(o.valid_to, '9999-12-31') >= new.valid_from)
begin
  select raise(abort, 'INV-27: periods of one relief identity overlap');
end;

-- INV-09: a survey is assigned before it is submitted
create trigger relief_survey_record_starts before insert on relief_survey_record
when new.status = 'Submitted'
begin
  select raise(abort, 'INV-09: a survey is assigned before it is submitted');
end;

-- INV-09: two surveyors and the household sign, or its refusal is recorded
create trigger relief_survey_record_signed before update on relief_survey_record
when new.status = 'Submitted' and old.status <> 'Submitted' and (
    (select count(*) from relief_survey_signer s where s.survey_id = new.id) < 2
    or (new.family_signer is null and new.family_refusal is null))
begin
  select raise(abort, 'INV-09: two surveyors and the household sign, or its refusal is recorded');
end;

-- INV-09: a submitted survey is not changed; make a new version
create trigger relief_survey_record_kept before update on relief_survey_record
when old.status = 'Submitted' and new.status <> 'Superseded'
begin
  select raise(abort, 'INV-09: a submitted survey is not changed; make a new version');
end;

-- INV-09: nobody signs after submission
create trigger relief_survey_signer_late before insert on relief_survey_signer
when exists (select 1 from relief_survey_record s where s.id = new.survey_id and s.status in ('Submitted', 'Superseded'))
begin
  select raise(abort, 'INV-09: nobody signs after submission');
end;

-- INV-09: a signature is never changed or deleted
create trigger relief_survey_signer_permanent_update before update on relief_survey_signer
begin
  select raise(abort, 'INV-09: a signature is never changed or deleted');
end;
create trigger relief_survey_signer_permanent_delete before delete on relief_survey_signer
begin
  select raise(abort, 'INV-09: a signature is never changed or deleted');
end;

-- INV-09: a surveyor does not decide on the same case
create trigger relief_decision_record_independent before insert on relief_decision_record
when exists (select 1 from relief_survey_signer s where s.survey_id = new.survey_id and s.staff_id = new.decided_by)
begin
  select raise(abort, 'INV-09: a surveyor does not decide on the same case');
end;

-- INV-10: no confirmation without a submitted survey of the case
create trigger relief_decision_record_surveyed before insert on relief_decision_record
when new.outcome = 'Confirmed' and not exists (
    select 1 from relief_survey_record s where s.id = new.survey_id and s.case_id = new.case_id and s.status = 'Submitted')
begin
  select raise(abort, 'INV-10: no confirmation without a submitted survey of the case');
end;

-- INV-25: a decision is not changed; decide again
create trigger relief_decision_record_kept before update on relief_decision_record
when old.outcome is not new.outcome or old.reason_code is not new.reason_code or old.reasons is not new.reasons
  or old.decided_by is not new.decided_by or old.survey_id is not new.survey_id or old.rule_trace is not new.rule_trace
begin
  select raise(abort, 'INV-25: a decision is not changed; decide again');
end;

-- INV-12: service numbers ascend
create trigger relief_service_number_ascends before insert on relief_service_number
when new.sequence <= coalesce((
    select max(n.sequence) from relief_service_number n where n.county_code = new.county_code and n.year = new.year), 0)
begin
  select raise(abort, 'INV-12: service numbers ascend');
end;

-- INV-08: accepted records of one worker or person overlap
create trigger relief_service_record_overlap_insert before insert on relief_service_record
when new.status in ('Accepted', 'Settled') and new.override_reason is null and exists (
    select 1 from relief_service_record o
    where o.id <> new.id and o.status in ('Accepted', 'Settled') and o.start_at < new.end_at and o.end_at > new.start_at
      and (o.worker_id = new.worker_id or (o.person_id = new.person_id and not (o.two_workers = 1 and new.two_workers = 1))))
begin
  select raise(abort, 'INV-08: accepted records of one worker or person overlap');
end;

create trigger relief_service_record_overlap_update before update on relief_service_record
when new.status in ('Accepted', 'Settled') and new.override_reason is null and exists (
    select 1 from relief_service_record o
    where o.id <> new.id and o.status in ('Accepted', 'Settled') and o.start_at < new.end_at and o.end_at > new.start_at
      and (o.worker_id = new.worker_id or (o.person_id = new.person_id and not (o.two_workers = 1 and new.two_workers = 1))))
begin
  select raise(abort, 'INV-08: accepted records of one worker or person overlap');
end;

-- INV-05: a settled record stays settled
create trigger relief_service_record_settled before update on relief_service_record
when old.status = 'Settled' and new.status <> 'Settled'
begin
  select raise(abort, 'INV-05: a settled record stays settled');
end;

-- INV-05: a line is verified before it is approved
create trigger relief_settlement_line_starts before insert on relief_settlement_line
when new.status in ('Approved', 'Paid')
begin
  select raise(abort, 'INV-05: a line is verified before it is approved');
end;

-- INV-05: money follows an accepted record only
create trigger relief_settlement_line_accepted before update on relief_settlement_line
when new.status in ('Approved', 'Paid') and new.kind in ('Record', 'LateLine') and not exists (
    select 1 from relief_service_record r where r.id = new.record_id and r.status in ('Accepted', 'Settled'))
begin
  select raise(abort, 'INV-05: money follows an accepted record only');
end;

-- INV-04: the splits of a line add up to its amount
create trigger relief_settlement_line_split before update on relief_settlement_line
when new.status in ('Approved', 'Paid') and new.amount <> coalesce((
    select sum(s.amount) from relief_line_split s where s.line_id = new.id), 0)
begin
  select raise(abort, 'INV-04: the splits of a line add up to its amount');
end;

-- INV-06: the price of a line is that of its service date
create trigger relief_settlement_line_priced_insert before insert on relief_settlement_line
when new.price_version_id is not null and not exists (
    select 1 from relief_price_version p
    where p.id = new.price_version_id and p.price = new.unit_price and p.item_code = new.item_code and p.status = 'Approved'
      and p.valid_from <= new.service_date and coalesce(p.valid_to, '9999-12-31') >= new.service_date)
begin
  select raise(abort, 'INV-06: the price of a line is that of its service date');
end;

create trigger relief_settlement_line_priced_update before update on relief_settlement_line
when new.price_version_id is not null and not exists (
    select 1 from relief_price_version p
    where p.id = new.price_version_id and p.price = new.unit_price and p.item_code = new.item_code and p.status = 'Approved'
      and p.valid_from <= new.service_date and coalesce(p.valid_to, '9999-12-31') >= new.service_date)
begin
  select raise(abort, 'INV-06: the price of a line is that of its service date');
end;

-- INV-05: a paid or rejected line is not changed; link a new one
create trigger relief_settlement_line_kept before update on relief_settlement_line
when old.status in ('Rejected', 'Paid') and (old.status <> new.status or old.amount <> new.amount)
begin
  select raise(abort, 'INV-05: a paid or rejected line is not changed; link a new one');
end;

-- INV-09: a batch is verified by one and approved by another
create trigger relief_settlement_line_approved_by_two before update on relief_settlement_batch
when new.status in ('Approved', 'Paid') and (new.approver is null or new.clerk is null)
begin
  select raise(abort, 'INV-09: a batch is verified by one and approved by another');
end;
