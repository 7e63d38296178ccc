-- The rules that no single column can hold. Each message begins with the invariant it keeps (data.md).

-- Refuses whatever fires it, with the sentence given.
create function relief.refuse() returns trigger language plpgsql as $$
begin
  raise exception '%', tg_argv[0] using errcode = 'check_violation';
end $$;

-- INV-25: a ledger entry is never changed or deleted; post the opposite
create trigger ledger_entry_permanent before update or delete on relief.ledger_entry
  for each row execute function relief.refuse('INV-25: a ledger entry is never changed or deleted; post the opposite');

-- INV-25: an audit event is never changed or deleted
create trigger audit_event_permanent before update or delete on relief.audit_event
  for each row execute function relief.refuse('INV-25: an audit event is never changed or deleted');

-- INV-12: a service number is for life
create trigger service_number_permanent before update or delete on relief.service_number
  for each row execute function relief.refuse('INV-12: a service number is for life');

-- INV-25: a service record is never deleted
create trigger service_record_permanent before delete on relief.service_record
  for each row execute function relief.refuse('INV-25: a service record is never deleted');

-- INV-25: a decision is never deleted
create trigger decision_record_permanent before delete on relief.decision_record
  for each row execute function relief.refuse('INV-25: a decision is never deleted');

-- INV-25: a settlement line is never deleted
create trigger settlement_line_permanent before delete on relief.settlement_line
  for each row execute function relief.refuse('INV-25: a settlement line is never deleted');

-- INV-01, INV-03: an entry moves its account in the same statement; the account's checks and the 1 % cap refuse what may not be.
create function relief.ledger_entry_posts() returns trigger language plpgsql as $$
begin
  perform 1 from relief.fund_cap c join relief.fund_account a on a.county_code = c.county_code and a.fiscal_year = c.fiscal_year
  where a.id = new.account_id and a.kind = 'F3' for update of c;
  update relief.fund_account set
    appropriated = appropriated + case when new.kind in ('Allocate', 'Adjust', 'CarryOver') then new.amount else 0 end,
    reserved = reserved + case new.kind when 'Reserve' then new.amount when 'Release' then -new.amount when 'Commit' then -new.amount else 0 end,
    committed = committed + case new.kind when 'Commit' then new.amount when 'Spend' then -new.amount else 0 end,
    spent = spent + case new.kind when 'Spend' then new.amount when 'ClawBack' then -new.amount else 0 end
  where id = new.account_id;
  if new.kind in ('Allocate', 'Adjust', 'CarryOver') and new.amount > 0 and exists (
    select 1 from relief.fund_account a
    where a.id = new.account_id and a.kind = 'F3'
      and 100 * (select sum(b.appropriated) from relief.fund_account b
                 where b.kind = 'F3' and b.county_code = a.county_code and b.fiscal_year = a.fiscal_year)
        > coalesce((select c.cap_base from relief.fund_cap c where c.county_code = a.county_code and c.fiscal_year = a.fiscal_year), 0)) then
    raise exception 'INV-03: F3 above 1 %% of the cap base' using errcode = 'check_violation';
  end if;
  if new.kind = 'Reserve' and exists (
    select 1 from relief.fund_account a
    where a.id = new.account_id and a.kind = 'F3'
      and 100 * (select sum(b.reserved + b.committed + b.spent) from relief.fund_account b
                 where b.kind = 'F3' and b.county_code = a.county_code and b.fiscal_year = a.fiscal_year)
        > coalesce((select c.cap_base from relief.fund_cap c where c.county_code = a.county_code and c.fiscal_year = a.fiscal_year), 0)) then
    raise exception 'INV-03: F3 reserved above 1 %% of the cap base' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ledger_entry_posts after insert on relief.ledger_entry
  for each row execute function relief.ledger_entry_posts();

-- INV-01: an account opens empty; only the ledger fills it
create function relief.fund_account_opens_empty() returns trigger language plpgsql as $$
begin
  if new.appropriated <> 0 or new.reserved <> 0 or new.committed <> 0 or new.spent <> 0 then
    raise exception 'INV-01: an account opens empty; only the ledger fills it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fund_account_opens_empty before insert on relief.fund_account
  for each row execute function relief.fund_account_opens_empty();

-- INV-02: an account never changes its source, kind or year
create function relief.fund_account_stays() returns trigger language plpgsql as $$
begin
  if new.kind is distinct from old.kind or new.source_id is distinct from old.source_id or new.fiscal_year is distinct from old.fiscal_year or new.county_code is distinct from old.county_code then
    raise exception 'INV-02: an account never changes its source, kind or year' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fund_account_stays before update on relief.fund_account
  for each row execute function relief.fund_account_stays();

-- INV-01: a posting has a positive amount
create function relief.ledger_entry_signed() returns trigger language plpgsql as $$
begin
  if new.amount = 0 or (new.amount < 0 and new.kind not in ('Adjust', 'CarryOver')) then
    raise exception 'INV-01: a posting has a positive amount' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ledger_entry_signed before insert on relief.ledger_entry
  for each row execute function relief.ledger_entry_signed();

-- INV-27: periods of one price version overlap
create function relief.price_version_overlap() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('price_version:' || new.item_code || ':' || new.area_code));
  if new.status = 'Approved' and exists (
    select 1 from relief.price_version o
    where o.item_code = new.item_code and o.area_code = new.area_code and o.id <> new.id and o.status = 'Approved'
      and o.valid_from <= coalesce(new.valid_to, date '9999-12-31') and coalesce(o.valid_to, date '9999-12-31') >= new.valid_from) then
    raise exception 'INV-27: periods of one price version overlap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger price_version_overlap before insert or update on relief.price_version
  for each row execute function relief.price_version_overlap();

-- INV-27: periods of one policy parameter overlap
create function relief.policy_parameter_overlap() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('policy_parameter:' || new.key || ':' || new.area_code));
  if exists (
    select 1 from relief.policy_parameter o
    where o.key = new.key and o.area_code = new.area_code and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, date '9999-12-31') and coalesce(o.valid_to, date '9999-12-31') >= new.valid_from) then
    raise exception 'INV-27: periods of one policy parameter overlap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger policy_parameter_overlap before insert or update on relief.policy_parameter
  for each row execute function relief.policy_parameter_overlap();

-- INV-27: periods of one relief identity overlap
create function relief.relief_identity_overlap() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('relief_identity:' || new.person_id || ':' || new.category));
  if exists (
    select 1 from relief.relief_identity o
    where o.person_id = new.person_id and o.category = new.category and o.id <> new.id
      and o.valid_from <= coalesce(new.valid_to, date '9999-12-31') and coalesce(o.valid_to, date '9999-12-31') >= new.valid_from) then
    raise exception 'INV-27: periods of one relief identity overlap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger relief_identity_overlap before insert or update on relief.relief_identity
  for each row execute function relief.relief_identity_overlap();

-- INV-09: a survey is assigned before it is submitted
create function relief.survey_record_starts() returns trigger language plpgsql as $$
begin
  if new.status = 'Submitted' then
    raise exception 'INV-09: a survey is assigned before it is submitted' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger survey_record_starts before insert on relief.survey_record
  for each row execute function relief.survey_record_starts();

-- INV-09: two surveyors and the household sign, or its refusal is recorded
create function relief.survey_record_signed() returns trigger language plpgsql as $$
begin
  if new.status = 'Submitted' and old.status <> 'Submitted' and (
    (select count(*) from relief.survey_signer s where s.survey_id = new.id) < 2
    or (new.family_signer is null and new.family_refusal is null)) then
    raise exception 'INV-09: two surveyors and the household sign, or its refusal is recorded' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger survey_record_signed before update on relief.survey_record
  for each row execute function relief.survey_record_signed();

-- INV-09: a submitted survey is not changed; make a new version
create function relief.survey_record_kept() returns trigger language plpgsql as $$
begin
  if old.status = 'Submitted' and new.status <> 'Superseded' then
    raise exception 'INV-09: a submitted survey is not changed; make a new version' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger survey_record_kept before update on relief.survey_record
  for each row execute function relief.survey_record_kept();

-- INV-09: nobody signs after submission
create function relief.survey_signer_late() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.survey_record s where s.id = new.survey_id and s.status in ('Submitted', 'Superseded')) then
    raise exception 'INV-09: nobody signs after submission' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger survey_signer_late before insert on relief.survey_signer
  for each row execute function relief.survey_signer_late();

-- INV-09: a signature is never changed or deleted
create trigger survey_signer_permanent before update or delete on relief.survey_signer
  for each row execute function relief.refuse('INV-09: a signature is never changed or deleted');

-- INV-09: a surveyor does not decide on the same case
create function relief.decision_record_independent() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.survey_signer s where s.survey_id = new.survey_id and s.staff_id = new.decided_by) then
    raise exception 'INV-09: a surveyor does not decide on the same case' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_record_independent before insert on relief.decision_record
  for each row execute function relief.decision_record_independent();

-- INV-10: no confirmation without a submitted survey of the case
create function relief.decision_record_surveyed() returns trigger language plpgsql as $$
begin
  if new.outcome = 'Confirmed' and not exists (
    select 1 from relief.survey_record s where s.id = new.survey_id and s.case_id = new.case_id and s.status = 'Submitted') then
    raise exception 'INV-10: no confirmation without a submitted survey of the case' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_record_surveyed before insert on relief.decision_record
  for each row execute function relief.decision_record_surveyed();

-- INV-25: a decision is not changed; decide again
create function relief.decision_record_kept() returns trigger language plpgsql as $$
begin
  if old.outcome is distinct from new.outcome or old.reason_code is distinct from new.reason_code or old.reasons is distinct from new.reasons
  or old.decided_by is distinct from new.decided_by or old.survey_id is distinct from new.survey_id or old.rule_trace is distinct from new.rule_trace then
    raise exception 'INV-25: a decision is not changed; decide again' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_record_kept before update on relief.decision_record
  for each row execute function relief.decision_record_kept();

-- INV-12: service numbers ascend
create function relief.service_number_ascends() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('service_number:' || new.county_code || ':' || new.year));
  if new.sequence <= coalesce((
    select max(n.sequence) from relief.service_number n where n.county_code = new.county_code and n.year = new.year), 0) then
    raise exception 'INV-12: service numbers ascend' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger service_number_ascends before insert on relief.service_number
  for each row execute function relief.service_number_ascends();

-- INV-08: accepted records of one worker or person overlap
create function relief.service_record_overlap() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('service_record:' || new.county_code));
  if new.status in ('Accepted', 'Settled') and new.override_reason is null and exists (
    select 1 from relief.service_record o
    where o.id <> new.id and o.status in ('Accepted', 'Settled') and o.start_at < new.end_at and o.end_at > new.start_at
      and (o.worker_id = new.worker_id or (o.person_id = new.person_id and not (o.two_workers = true and new.two_workers = true)))) then
    raise exception 'INV-08: accepted records of one worker or person overlap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger service_record_overlap before insert or update on relief.service_record
  for each row execute function relief.service_record_overlap();

-- INV-05: a settled record stays settled
create function relief.service_record_settled() returns trigger language plpgsql as $$
begin
  if old.status = 'Settled' and new.status <> 'Settled' then
    raise exception 'INV-05: a settled record stays settled' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger service_record_settled before update on relief.service_record
  for each row execute function relief.service_record_settled();

-- INV-05: a line is verified before it is approved
create function relief.settlement_line_starts() returns trigger language plpgsql as $$
begin
  if new.status in ('Approved', 'Paid') then
    raise exception 'INV-05: a line is verified before it is approved' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_starts before insert on relief.settlement_line
  for each row execute function relief.settlement_line_starts();

-- INV-05: money follows an accepted record only
create function relief.settlement_line_accepted() returns trigger language plpgsql as $$
begin
  if new.status in ('Approved', 'Paid') and new.kind in ('Record', 'LateLine') and not exists (
    select 1 from relief.service_record r where r.id = new.record_id and r.status in ('Accepted', 'Settled')) then
    raise exception 'INV-05: money follows an accepted record only' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_accepted before update on relief.settlement_line
  for each row execute function relief.settlement_line_accepted();

-- INV-04: the splits of a line add up to its amount
create function relief.settlement_line_split() returns trigger language plpgsql as $$
begin
  if new.status in ('Approved', 'Paid') and new.amount <> coalesce((
    select sum(s.amount) from relief.line_split s where s.line_id = new.id), 0) then
    raise exception 'INV-04: the splits of a line add up to its amount' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_split before update on relief.settlement_line
  for each row execute function relief.settlement_line_split();

-- INV-06: the price of a line is that of its service date
create function relief.settlement_line_priced() returns trigger language plpgsql as $$
begin
  if new.price_version_id is not null and not exists (
    select 1 from relief.price_version p
    where p.id = new.price_version_id and p.price = new.unit_price and p.item_code = new.item_code and p.status = 'Approved'
      and p.valid_from <= new.service_date and coalesce(p.valid_to, date '9999-12-31') >= new.service_date) then
    raise exception 'INV-06: the price of a line is that of its service date' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_priced before insert or update on relief.settlement_line
  for each row execute function relief.settlement_line_priced();

-- INV-05: a paid or rejected line is not changed; link a new one
create function relief.settlement_line_kept() returns trigger language plpgsql as $$
begin
  if old.status in ('Rejected', 'Paid') and (old.status <> new.status or old.amount <> new.amount) then
    raise exception 'INV-05: a paid or rejected line is not changed; link a new one' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_kept before update on relief.settlement_line
  for each row execute function relief.settlement_line_kept();

-- INV-09: a batch is verified by one and approved by another
create function relief.settlement_line_approved_by_two() returns trigger language plpgsql as $$
begin
  if new.status in ('Approved', 'Paid') and (new.approver is null or new.clerk is null) then
    raise exception 'INV-09: a batch is verified by one and approved by another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settlement_line_approved_by_two before update on relief.settlement_batch
  for each row execute function relief.settlement_line_approved_by_two();
