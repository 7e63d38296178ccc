-- The relief records: money in integer fen and quantities in hundredths; instants in UTC milliseconds, dates as yyyy-MM-dd.
-- What the database can forbid, it forbids here: the domain method explains, the constraint guarantees.

-- One node of the jurisdiction tree: county, township, village.
create table relief_area_unit (
  code text not null primary key,
  level text not null check (level in ('City', 'County', 'Township', 'Village')),
  parent_code text,
  name text not null
);

-- A body of the relief network.
create table relief_organisation (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('CountyBureau', 'Township', 'VillageCommittee', 'SocialWorkStation', 'Supplier', 'Institution', 'Charity', 'PartyBranch', 'TrainingBody', 'Department', 'Hotline', 'VerificationCentre')),
  area_code text not null,
  name text not null,
  delegated_by text
);

-- A person who works on relief: the user as an actor.
create table relief_staff_member (
  id text not null primary key,
  county_code text not null,
  name text not null,
  unit_id text not null,
  area_code text not null,
  active integer not null check (active in (0, 1))
);

-- A role that a staff member holds in an area for a time.
create table relief_staff_role (
  id text not null primary key,
  staff_id text not null,
  role text not null,
  area_code text not null,
  valid_from text not null,
  valid_to text
);

-- A relation that excludes a staff member from a person's case (E09).
create table relief_kin_declaration (
  id text not null primary key,
  staff_id text not null,
  person_id text not null,
  relation text not null,
  declared_at integer not null,
  unique (staff_id, person_id)
);

-- Persons who live as one; its folder holds their personal files (X01).
create table relief_household (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  head_person_id text,
  area_code text not null,
  house_type text,
  folder_number text not null
);

-- A person who receives or asks for relief.
create table relief_person (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  household_id text,
  id_number_sealed text not null,
  id_number_hash text not null,
  name text not null,
  sex text not null,
  birth_date text not null,
  area_code text not null,
  phone text,
  guardian_id text,
  capacity text not null check (capacity in ('Full', 'Limited', 'None')),
  life_status text not null check (life_status in ('Alive', 'DeathReported', 'Dead')),
  died_on text,
  death_source text,
  moved_on text,
  flags text not null,
  unique (county_code, id_number_hash)
);

-- A recognised relief category of a person, for a time (INV-27).
create table relief_relief_identity (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null,
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  valid_from text not null,
  valid_to text,
  evidence text not null,
  source text not null
);

-- A condition of a person: a disability, an illness, living alone.
create table relief_person_condition (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  person_id text not null,
  kind text not null check (kind in ('Disability', 'SeriousIllness', 'SelfCare', 'Mental', 'Infectious', 'LivingAlone', 'NoCarer')),
  level integer,
  evidence text not null,
  valid_to text,
  confidential integer not null check (confidential in (0, 1))
);

-- A value that policy sets: for an area and all below it, from a day on (INV-27).
create table relief_policy_parameter (
  id text not null primary key,
  key text not null,
  area_code text not null,
  value text not null,
  unit text not null,
  valid_from text not null,
  valid_to text,
  basis text not null
);

-- A day that a county works or rests against the national calendar.
create table relief_calendar_override (
  id text not null primary key,
  county_code text not null,
  day text not null,
  working integer not null check (working in (0, 1)),
  reason text not null,
  version integer not null,
  unique (county_code, day)
);

-- A listed service (S09).
create table relief_service_item (
  code text not null primary key,
  county_code text not null,
  name text not null,
  family text not null,
  unit text not null check (unit in ('Hour', 'Visit', 'Meal', 'Day', 'Session', 'Package', 'BedDay', 'Insurance')),
  pathways text not null,
  min_minutes integer not null,
  max_minutes integer not null,
  training_code text,
  two_workers integer not null check (two_workers in (0, 1)),
  status text not null check (status in ('Proposed', 'Approved', 'Rejected', 'Retired')),
  proposed_by text not null,
  approved_by text,
  constraint service_item_staff_differs check (approved_by is null or approved_by <> proposed_by)
);

-- The charge standard of an item in an area from a day on; approved ones never overlap (INV-27).
create table relief_price_version (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  item_code text not null,
  area_code text not null,
  price integer not null,
  valid_from text not null,
  valid_to text,
  document text not null,
  label text not null,
  status text not null check (status in ('Proposed', 'Approved', 'Rejected', 'Retired')),
  approved_by text,
  approved_at integer,
  constraint price_version_price_positive check (price >= 0),
  constraint price_version_period check (valid_to is null or valid_to >= valid_from),
  constraint price_version_staff_differs check (approved_by is null or approved_by <> created_by)
);

-- A body that delivers services (CZ-014).
create table relief_supplier (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  organisation_id text,
  name text not null,
  status text not null check (status in ('Active', 'Suspended', 'Exited')),
  items text not null,
  areas text not null,
  capacity integer not null,
  rating integer not null,
  bank_account text,
  child_vetting integer not null check (child_vetting in (0, 1)),
  licence_until text,
  agreement_from text,
  agreement_to text
);

-- Someone who serves for a supplier.
create table relief_worker (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  supplier_id text not null,
  name text not null,
  active integer not null check (active in (0, 1)),
  background_checked_on text
);

-- A certificate of a worker (INV-16).
create table relief_worker_training (
  id text not null primary key,
  worker_id text not null,
  course text not null,
  certificate text not null,
  valid_from text not null,
  valid_to text not null
);

-- A source of money and what it may be used for (INV-02); an empty list allows all.
create table relief_fund_source (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8')),
  name text not null,
  owner_unit text not null,
  categories text not null,
  person_classes text not null,
  items text not null,
  pathways text not null
);

-- One source's money of one year at one unit; its totals are moved by ledger entries only (INV-01).
create table relief_fund_account (
  id text not null primary key,
  county_code text not null,
  source_id text not null,
  kind text not null check (kind in ('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8')),
  fiscal_year integer not null,
  unit text not null,
  sub_item text not null,
  appropriated integer not null,
  reserved integer not null,
  committed integer not null,
  spent integer not null,
  unique (source_id, fiscal_year, unit, sub_item),
  constraint fund_account_never_overdrawn check (appropriated - reserved - committed - spent >= 0),
  constraint fund_account_parts_positive check (appropriated >= 0 and reserved >= 0 and committed >= 0 and spent >= 0)
);

-- The base of the 1 % cap on F3 for a county and year (X04).
create table relief_fund_cap (
  id text not null primary key,
  county_code text not null,
  fiscal_year integer not null,
  cap_base integer not null,
  document text not null,
  updated_at integer not null,
  unique (county_code, fiscal_year)
);

-- One posting on one account: append-only and hash-chained per account (INV-25).
create table relief_ledger_entry (
  id text not null primary key,
  account_id text not null,
  sequence integer not null,
  kind text not null check (kind in ('Allocate', 'Adjust', 'Reserve', 'Release', 'Commit', 'Spend', 'ClawBack', 'CarryOver')),
  amount integer not null,
  reference text not null,
  reason text,
  idem_key text not null,
  created_by text not null,
  created_at integer not null,
  previous_hash text not null,
  hash text not null,
  unique (account_id, sequence),
  unique (idem_key)
);

-- Money set aside for an order (E08: no paid service starts without one).
create table relief_reservation (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  amount integer not null,
  period_from text not null,
  period_to text not null,
  status text not null check (status in ('Active', 'Closed')),
  idem_key text not null,
  unique (idem_key)
);

-- The share of a reservation that one account carries.
create table relief_reservation_part (
  id text not null primary key,
  reservation_id text not null,
  account_id text not null,
  rank integer not null,
  reserved integer not null,
  released integer not null,
  committed integer not null,
  spent integer not null,
  unique (reservation_id, account_id),
  constraint reservation_part_balanced check (reserved - released - committed >= 0 and released >= 0 and committed >= spent and spent >= 0)
);

-- What an applicant asked for, through whichever channel (P01).
create table relief_application (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  number text not null,
  channel text not null,
  applicant_name text not null,
  person_id text not null,
  on_behalf integer not null check (on_behalf in (0, 1)),
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  item_codes text not null,
  wording text not null,
  papers text not null,
  missing_papers text not null,
  supplement_notified_at integer,
  consent_version text,
  urgency text not null check (urgency in ('Normal', 'Urgent', 'LifeAtRisk')),
  status text not null check (status in ('Submitted', 'SupplementRequested', 'Accepted', 'NotAccepted', 'Attached', 'Withdrawn')),
  case_id text,
  idem_key text not null,
  unique (county_code, number),
  unique (idem_key)
);

-- One person's relief file; at most one open per person and county (INV-13).
create table relief_case_file (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  number text not null,
  person_id text not null,
  household_id text,
  application_id text not null,
  status text not null check (status in ('Draft', 'Submitted', 'SupplementRequested', 'NotAccepted', 'Accepted', 'Registered', 'Surveying', 'InReview', 'NoticeRunning', 'Confirmed', 'Denied', 'Referring', 'Planned', 'InService', 'Suspended', 'Stopping', 'Closed')),
  area_code text not null,
  owner_unit_id text not null,
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  opened_at integer not null,
  accepted_at integer,
  closed_at integer,
  closed_reason text,
  flags text not null,
  remark text,
  unique (county_code, number)
);

-- One need of a case.
create table relief_need_item (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  item_code text not null,
  family text not null,
  person_class text not null,
  urgency text not null check (urgency in ('Normal', 'Urgent', 'LifeAtRisk')),
  quantity integer not null,
  wording text not null,
  pathways text not null,
  status text not null check (status in ('Registered', 'Recommended', 'NotRecommended', 'Confirmed', 'Denied', 'Deferred', 'Waiting', 'Ended')),
  decision_id text
);

-- A household survey; a submitted one is never changed (INV-09).
create table relief_survey_record (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  version integer not null,
  mode text not null check (mode in ('Delegated', 'Township', 'Remote')),
  template_id text not null,
  team text not null,
  appointment_at integer,
  status text not null check (status in ('Assigned', 'Submitted', 'Unreachable', 'Refused', 'Superseded')),
  submitted_at integer,
  failed_indicators text not null,
  answers text not null,
  opinion text check (opinion in ('Recommended', 'NotRecommended', 'Unclear')),
  recommended_items text not null,
  family_signer text,
  family_refusal text,
  place text not null,
  photo_count integer not null,
  flags text not null,
  unique (case_id, version)
);

-- One surveyor's signature; two distinct ones make a survey (CZ-042).
create table relief_survey_signer (
  id text not null primary key,
  survey_id text not null,
  staff_id text not null,
  signed_at integer not null,
  device text not null,
  unique (survey_id, staff_id)
);

-- A visit that found nobody or was refused (E06).
create table relief_survey_attempt (
  id text not null primary key,
  survey_id text not null,
  attempted_at integer not null,
  outcome text not null,
  attempted_by text not null,
  note text not null,
  unique (survey_id, attempted_at)
);

-- What was decided about a case or need, by whom and by which rules (INV-10, INV-11).
create table relief_decision_record (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  need_item_id text,
  survey_id text,
  outcome text not null check (outcome in ('Confirmed', 'Denied', 'Deferred', 'Returned', 'Escalated')),
  reason_code text,
  reasons text,
  rule_trace text not null,
  rule_version text not null,
  decided_by text not null,
  authority text not null,
  effective_from text not null,
  delivered_at integer,
  delivery_proof text,
  appeal_by text,
  idem_key text not null,
  unique (idem_key),
  constraint decision_record_denial_has_reason check (outcome <> 'Denied' or reason_code is not null),
  constraint decision_record_confirmation_has_survey check (outcome <> 'Confirmed' or survey_id is not null),
  constraint decision_record_delivery_has_proof check (delivered_at is null or delivery_proof is not null)
);

-- One confirmed need sent down one pathway to one supplier.
create table relief_service_order (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  person_id text not null,
  need_item_ids text not null,
  pathway text not null,
  supplier_id text,
  reservation_id text,
  status text not null check (status in ('Created', 'Sent', 'Accepted', 'Declined', 'TimedOut', 'PlanSubmitted', 'PlanAgreed', 'PlanReturned', 'AgreementSigned', 'Active', 'Paused', 'Ended', 'Cancelled', 'Transferred')),
  sent_at integer,
  answered_at integer,
  declined_by text not null,
  planned_from text not null,
  planned_to text not null,
  idem_key text not null,
  unique (idem_key)
);

-- One version of an order's service plan.
create table relief_plan_version (
  id text not null primary key,
  order_id text not null,
  version integer not null,
  goals text not null,
  schedule_rule text not null,
  status text not null check (status in ('Submitted', 'Agreed', 'Returned')),
  submitted_by text not null,
  submitted_at integer not null,
  agreed_by text,
  agreed_at integer,
  return_reason text,
  unique (order_id, version)
);

-- The monthly quantity of one item in a plan (INV-07).
create table relief_plan_line (
  id text not null primary key,
  plan_id text not null,
  item_code text not null,
  quantity_per_month integer not null,
  visits_per_month integer not null,
  unique (plan_id, item_code)
);

-- The service agreement of an order.
create table relief_agreement_record (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  supplier_id text not null,
  person_id text not null,
  township_unit_id text not null,
  valid_from text not null,
  valid_to text not null,
  status text not null check (status in ('Drafted', 'Signed', 'Ended')),
  price_label text not null,
  document text not null,
  constraint agreement_record_period check (valid_to >= valid_from)
);

-- One party's signature.
create table relief_agreement_signature (
  id text not null primary key,
  agreement_id text not null,
  party text not null check (party in ('Township', 'Supplier', 'Person')),
  signer text not null,
  signed_at integer not null,
  unique (agreement_id, party)
);

-- A planned visit.
create table relief_visit_slot (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  item_code text not null,
  planned_start integer not null,
  planned_end integer not null,
  worker_id text,
  status text not null check (status in ('Scheduled', 'Dispatched', 'Started', 'Done', 'NoShow', 'Refused', 'NobodyHome', 'Missing', 'Cancelled')),
  unique (order_id, item_code, planned_start)
);

-- What was really done at one visit: the only thing money may follow (INV-05 to INV-08).
create table relief_service_record (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  visit_id text,
  order_id text not null,
  person_id text not null,
  supplier_id text not null,
  worker_id text not null,
  second_worker_id text,
  item_code text not null,
  two_workers integer not null check (two_workers in (0, 1)),
  service_date text not null,
  start_at integer not null,
  end_at integer not null,
  quantity integer not null,
  content text not null,
  confirmed_by text not null,
  evidence text not null,
  flags text not null,
  status text not null check (status in ('Submitted', 'Accepted', 'Queried', 'Rejected', 'Voided', 'Settled')),
  submitted_at integer not null,
  decided_by text,
  decided_at integer,
  decision_reason text,
  override_reason text,
  idem_key text not null,
  unique (idem_key),
  constraint service_record_duration check (end_at > start_at),
  constraint service_record_quantity_positive check (quantity > 0)
);

-- A person's number for life: unique, ascending in county and year, never re-used (INV-12).
create table relief_service_number (
  number text not null primary key,
  person_id text not null,
  county_code text not null,
  year integer not null,
  sequence integer not null,
  assigned_at integer not null,
  unique (person_id),
  unique (county_code, year, sequence)
);

-- The last number given in a series.
create table relief_number_series (
  id text not null primary key,
  last integer not null
);

-- One person's file with a supplier (X01).
create table relief_archive_file (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  service_no text not null,
  person_id text not null,
  supplier_id text not null,
  folder_number text,
  status text not null check (status in ('Open', 'Complete', 'Exception', 'Archived')),
  sealed_at integer,
  unique (case_id, supplier_id)
);

-- One paper of a file.
create table relief_archive_item (
  id text not null primary key,
  file_id text not null,
  kind text not null,
  present integer not null check (present in (0, 1)),
  exception_reason text,
  signed_by text,
  document_hash text,
  unique (file_id, kind)
);

-- One supplier's month in one township.
create table relief_settlement_batch (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  township_code text not null,
  supplier_id text not null,
  month text not null,
  status text not null check (status in ('Open', 'Claimed', 'Verifying', 'Reviewed', 'Approved', 'Paid', 'Closed', 'Returned')),
  clerk text,
  approver text,
  claimed_at integer,
  approved_at integer,
  paid_at integer,
  voucher text,
  paid_total integer not null,
  unique (township_code, supplier_id, month),
  constraint settlement_batch_four_eyes check (approver is null or clerk is null or approver <> clerk)
);

-- One position of a batch.
create table relief_settlement_line (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  batch_id text not null,
  kind text not null check (kind in ('Record', 'LateLine', 'BedDays', 'Insurance', 'CallOut', 'CashMeasure', 'Correction')),
  record_id text,
  order_id text,
  item_code text not null,
  service_date text not null,
  quantity integer not null,
  unit_price integer not null,
  price_version_id text,
  amount integer not null,
  status text not null check (status in ('Claimed', 'Verified', 'Hold', 'Rejected', 'Approved', 'Paid')),
  reason text,
  orig_line_id text,
  constraint settlement_line_record_behind_money check (status not in ('Approved', 'Paid') or record_id is not null or kind not in ('Record', 'LateLine'))
);

-- The share of a line that one account pays (INV-04).
create table relief_line_split (
  id text not null primary key,
  line_id text not null,
  part_id text not null,
  account_id text not null,
  amount integer not null,
  unique (line_id, part_id)
);

-- A supplier's one dispute of a line (E13).
create table relief_line_dispute (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  line_id text not null,
  evidence text not null,
  verified_by text not null,
  decided_by text,
  decided_at integer,
  outcome text check (outcome in ('Upheld', 'Overturned')),
  record_id text,
  unique (line_id),
  constraint line_dispute_another_clerk check (decided_by is null or decided_by <> verified_by)
);

-- A public notice: service number, village and 服务类救助, nothing else (INV-15).
create table relief_notice_record (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  case_id text not null,
  person_id text not null,
  service_no text not null,
  village_name text not null,
  content text not null,
  legal_basis text not null,
  status text not null check (status in ('Prepared', 'Posted', 'Withdrawn', 'TakenDown')),
  posted_at integer,
  taken_down_at integer,
  proofs text not null,
  idem_key text not null,
  unique (idem_key)
);

-- Who did what to which object and why: append-only and hash-chained per subject (3.0.5).
create table relief_audit_event (
  id text not null primary key,
  subject text not null,
  sequence integer not null,
  what text not null,
  detail text not null,
  done_by text not null,
  done_at integer not null,
  previous_hash text not null,
  hash text not null,
  unique (subject, sequence)
);

create unique index case_file_one_open on relief_case_file (county_code, person_id) where closed_at is null; -- INV-13
create unique index settlement_line_once on relief_settlement_line (record_id) where status <> 'Rejected'; -- INV-05
create index application_person on relief_application (person_id);
create index need_item_case on relief_need_item (case_id);
create index service_order_case on relief_service_order (case_id);
create index visit_slot_order on relief_visit_slot (order_id, planned_start);
create index service_record_order on relief_service_record (order_id, service_date);
create index service_record_person on relief_service_record (person_id, start_at);
create index service_record_worker on relief_service_record (worker_id, start_at);
create index settlement_line_batch on relief_settlement_line (batch_id);
create index relief_identity_person on relief_relief_identity (person_id);
create index person_condition_person on relief_person_condition (person_id);
create index staff_role_role on relief_staff_role (role, area_code);
create index price_version_item on relief_price_version (item_code, valid_from);
create index fund_account_year on relief_fund_account (county_code, fiscal_year);
create index reservation_order on relief_reservation (order_id);

