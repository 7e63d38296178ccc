-- The relief records: money in integer fen and quantities in hundredths; instants as timestamptz.
-- What the database can forbid, it forbids here: the domain method explains, the constraint guarantees.

create schema if not exists relief;

-- One node of the jurisdiction tree: county, township, village.
create table relief.area_unit (
  code text not null primary key,
  level text not null check (level in ('City', 'County', 'Township', 'Village')),
  parent_code text,
  name text not null
);

-- A body of the relief network.
create table relief.organisation (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('CountyBureau', 'Township', 'VillageCommittee', 'SocialWorkStation', 'Supplier', 'Institution', 'Charity', 'PartyBranch', 'TrainingBody', 'Department', 'Hotline', 'VerificationCentre')),
  area_code text not null,
  name text not null,
  delegated_by text
);

-- A person who works on relief: the user as an actor.
create table relief.staff_member (
  id text not null primary key,
  county_code text not null,
  name text not null,
  unit_id text not null,
  area_code text not null,
  active boolean not null
);

-- A role that a staff member holds in an area for a time.
create table relief.staff_role (
  id text not null primary key,
  staff_id text not null,
  role text not null,
  area_code text not null,
  valid_from date not null,
  valid_to date
);

-- A relation that excludes a staff member from a person's case (E09).
create table relief.kin_declaration (
  id text not null primary key,
  staff_id text not null,
  person_id text not null,
  relation text not null,
  declared_at timestamptz not null,
  unique (staff_id, person_id)
);

-- Persons who live as one; its folder holds their personal files (X01).
create table relief.household (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  head_person_id text,
  area_code text not null,
  house_type text,
  folder_number text not null
);

-- A person who receives or asks for relief.
create table relief.person (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  household_id text,
  id_number_sealed text not null,
  id_number_hash text not null,
  name text not null,
  sex text not null,
  birth_date date not null,
  area_code text not null,
  phone text,
  guardian_id text,
  capacity text not null check (capacity in ('Full', 'Limited', 'None')),
  life_status text not null check (life_status in ('Alive', 'DeathReported', 'Dead')),
  died_on date,
  death_source text,
  moved_on date,
  flags jsonb not null,
  unique (county_code, id_number_hash)
);

-- A recognised relief category of a person, for a time (INV-27).
create table relief.relief_identity (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  valid_from date not null,
  valid_to date,
  evidence text not null,
  source text not null
);

-- A condition of a person: a disability, an illness, living alone.
create table relief.person_condition (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  person_id text not null,
  kind text not null check (kind in ('Disability', 'SeriousIllness', 'SelfCare', 'Mental', 'Infectious', 'LivingAlone', 'NoCarer')),
  level integer,
  evidence text not null,
  valid_to date,
  confidential boolean not null
);

-- A value that policy sets: for an area and all below it, from a day on (INV-27).
create table relief.policy_parameter (
  id text not null primary key,
  key text not null,
  area_code text not null,
  value text not null,
  unit text not null,
  valid_from date not null,
  valid_to date,
  basis text not null
);

-- A day that a county works or rests against the national calendar.
create table relief.calendar_override (
  id text not null primary key,
  county_code text not null,
  day date not null,
  working boolean not null,
  reason text not null,
  version integer not null,
  unique (county_code, day)
);

-- A listed service (S09).
create table relief.service_item (
  code text not null primary key,
  county_code text not null,
  name text not null,
  family text not null,
  unit text not null check (unit in ('Hour', 'Visit', 'Meal', 'Day', 'Session', 'Package', 'BedDay', 'Insurance')),
  pathways jsonb not null,
  min_minutes integer not null,
  max_minutes integer not null,
  training_code text,
  two_workers boolean not null,
  status text not null check (status in ('Proposed', 'Approved', 'Rejected', 'Retired')),
  proposed_by text not null,
  approved_by text,
  constraint service_item_staff_differs check (approved_by is null or approved_by <> proposed_by)
);

-- The charge standard of an item in an area from a day on; approved ones never overlap (INV-27).
create table relief.price_version (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  item_code text not null,
  area_code text not null,
  price bigint not null,
  valid_from date not null,
  valid_to date,
  document text not null,
  label text not null,
  status text not null check (status in ('Proposed', 'Approved', 'Rejected', 'Retired')),
  approved_by text,
  approved_at timestamptz,
  constraint price_version_price_positive check (price >= 0),
  constraint price_version_period check (valid_to is null or valid_to >= valid_from),
  constraint price_version_staff_differs check (approved_by is null or approved_by <> created_by)
);

-- A body that delivers services (CZ-014).
create table relief.supplier (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  organisation_id text,
  name text not null,
  status text not null check (status in ('Active', 'Suspended', 'Exited')),
  items jsonb not null,
  areas jsonb not null,
  capacity integer not null,
  rating bigint not null,
  bank_account text,
  child_vetting boolean not null,
  licence_until date,
  agreement_from date,
  agreement_to date
);

-- Someone who serves for a supplier.
create table relief.worker (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  supplier_id text not null,
  name text not null,
  active boolean not null,
  background_checked_on date
);

-- A certificate of a worker (INV-16).
create table relief.worker_training (
  id text not null primary key,
  worker_id text not null,
  course text not null,
  certificate text not null,
  valid_from date not null,
  valid_to date not null
);

-- A source of money and what it may be used for (INV-02); an empty list allows all.
create table relief.fund_source (
  id text not null primary key,
  county_code text not null,
  kind text not null check (kind in ('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8')),
  name text not null,
  owner_unit text not null,
  categories jsonb not null,
  person_classes jsonb not null,
  items jsonb not null,
  pathways jsonb not null
);

-- One source's money of one year at one unit; its totals are moved by ledger entries only (INV-01).
create table relief.fund_account (
  id text not null primary key,
  county_code text not null,
  source_id text not null,
  kind text not null check (kind in ('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8')),
  fiscal_year integer not null,
  unit text not null,
  sub_item text not null,
  appropriated bigint not null,
  reserved bigint not null,
  committed bigint not null,
  spent bigint not null,
  unique (source_id, fiscal_year, unit, sub_item),
  constraint fund_account_never_overdrawn check (appropriated - reserved - committed - spent >= 0),
  constraint fund_account_parts_positive check (appropriated >= 0 and reserved >= 0 and committed >= 0 and spent >= 0)
);

-- The base of the 1 % cap on F3 for a county and year (X04).
create table relief.fund_cap (
  id text not null primary key,
  county_code text not null,
  fiscal_year integer not null,
  cap_base bigint not null,
  document text not null,
  updated_at timestamptz not null,
  unique (county_code, fiscal_year)
);

-- One posting on one account: append-only and hash-chained per account (INV-25).
create table relief.ledger_entry (
  id text not null primary key,
  account_id text not null,
  sequence integer not null,
  kind text not null check (kind in ('Allocate', 'Adjust', 'Reserve', 'Release', 'Commit', 'Spend', 'ClawBack', 'CarryOver')),
  amount bigint not null,
  reference text not null,
  reason text,
  idem_key text not null,
  created_by text not null,
  created_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  unique (account_id, sequence),
  unique (idem_key)
);

-- Money set aside for an order (E08: no paid service starts without one).
create table relief.reservation (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  amount bigint not null,
  period_from date not null,
  period_to date not null,
  status text not null check (status in ('Active', 'Closed')),
  idem_key text not null,
  unique (idem_key)
);

-- The share of a reservation that one account carries.
create table relief.reservation_part (
  id text not null primary key,
  reservation_id text not null,
  account_id text not null,
  rank integer not null,
  reserved bigint not null,
  released bigint not null,
  committed bigint not null,
  spent bigint not null,
  unique (reservation_id, account_id),
  constraint reservation_part_balanced check (reserved - released - committed >= 0 and released >= 0 and committed >= spent and spent >= 0)
);

-- What an applicant asked for, through whichever channel (P01).
create table relief.application (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  number text not null,
  channel text not null,
  applicant_name text not null,
  person_id text not null,
  on_behalf boolean not null,
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  item_codes jsonb not null,
  wording text not null,
  papers jsonb not null,
  missing_papers jsonb not null,
  supplement_notified_at timestamptz,
  consent_version text,
  urgency text not null check (urgency in ('Normal', 'Urgent', 'LifeAtRisk')),
  status text not null check (status in ('Submitted', 'SupplementRequested', 'Accepted', 'NotAccepted', 'Attached', 'Withdrawn')),
  case_id text,
  idem_key text not null,
  unique (county_code, number),
  unique (idem_key)
);

-- One person's relief file; at most one open per person and county (INV-13).
create table relief.case_file (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  number text not null,
  person_id text not null,
  household_id text,
  application_id text not null,
  status text not null check (status in ('Draft', 'Submitted', 'SupplementRequested', 'NotAccepted', 'Accepted', 'Registered', 'Surveying', 'InReview', 'NoticeRunning', 'Confirmed', 'Denied', 'Referring', 'Planned', 'InService', 'Suspended', 'Stopping', 'Closed')),
  area_code text not null,
  owner_unit_id text not null,
  category text not null check (category in ('Dibao', 'Tekun', 'Orphan', 'DeFactoUnattended', 'Margin', 'AntiPoverty', 'Expenditure', 'TemporaryRelief', 'ExPoverty', 'IllnessPovertyMonitored')),
  opened_at timestamptz not null,
  accepted_at timestamptz,
  closed_at timestamptz,
  closed_reason text,
  flags jsonb not null,
  remark text,
  unique (county_code, number)
);

-- One need of a case.
create table relief.need_item (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text not null,
  item_code text not null,
  family text not null,
  person_class text not null,
  urgency text not null check (urgency in ('Normal', 'Urgent', 'LifeAtRisk')),
  quantity bigint not null,
  wording text not null,
  pathways jsonb not null,
  status text not null check (status in ('Registered', 'Recommended', 'NotRecommended', 'Confirmed', 'Denied', 'Deferred', 'Waiting', 'Ended')),
  decision_id text
);

-- A household survey; a submitted one is never changed (INV-09).
create table relief.survey_record (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text not null,
  version integer not null,
  mode text not null check (mode in ('Delegated', 'Township', 'Remote')),
  template_id text not null,
  team jsonb not null,
  appointment_at timestamptz,
  status text not null check (status in ('Assigned', 'Submitted', 'Unreachable', 'Refused', 'Superseded')),
  submitted_at timestamptz,
  failed_indicators jsonb not null,
  answers text not null,
  opinion text check (opinion in ('Recommended', 'NotRecommended', 'Unclear')),
  recommended_items jsonb not null,
  family_signer text,
  family_refusal text,
  place text not null,
  photo_count integer not null,
  flags jsonb not null,
  unique (case_id, version)
);

-- One surveyor's signature; two distinct ones make a survey (CZ-042).
create table relief.survey_signer (
  id text not null primary key,
  survey_id text not null,
  staff_id text not null,
  signed_at timestamptz not null,
  device text not null,
  unique (survey_id, staff_id)
);

-- A visit that found nobody or was refused (E06).
create table relief.survey_attempt (
  id text not null primary key,
  survey_id text not null,
  attempted_at timestamptz not null,
  outcome text not null,
  attempted_by text not null,
  note text not null,
  unique (survey_id, attempted_at)
);

-- What was decided about a case or need, by whom and by which rules (INV-10, INV-11).
create table relief.decision_record (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
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
  effective_from date not null,
  delivered_at timestamptz,
  delivery_proof text,
  appeal_by date,
  idem_key text not null,
  unique (idem_key),
  constraint decision_record_denial_has_reason check (outcome <> 'Denied' or reason_code is not null),
  constraint decision_record_confirmation_has_survey check (outcome <> 'Confirmed' or survey_id is not null),
  constraint decision_record_delivery_has_proof check (delivered_at is null or delivery_proof is not null)
);

-- One confirmed need sent down one pathway to one supplier.
create table relief.service_order (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text not null,
  person_id text not null,
  need_item_ids jsonb not null,
  pathway text not null,
  supplier_id text,
  reservation_id text,
  status text not null check (status in ('Created', 'Sent', 'Accepted', 'Declined', 'TimedOut', 'PlanSubmitted', 'PlanAgreed', 'PlanReturned', 'AgreementSigned', 'Active', 'Paused', 'Ended', 'Cancelled', 'Transferred')),
  sent_at timestamptz,
  answered_at timestamptz,
  declined_by jsonb not null,
  planned_from date not null,
  planned_to date not null,
  idem_key text not null,
  unique (idem_key)
);

-- One version of an order's service plan.
create table relief.plan_version (
  id text not null primary key,
  order_id text not null,
  version integer not null,
  goals text not null,
  schedule_rule text not null,
  status text not null check (status in ('Submitted', 'Agreed', 'Returned')),
  submitted_by text not null,
  submitted_at timestamptz not null,
  agreed_by text,
  agreed_at timestamptz,
  return_reason text,
  unique (order_id, version)
);

-- The monthly quantity of one item in a plan (INV-07).
create table relief.plan_line (
  id text not null primary key,
  plan_id text not null,
  item_code text not null,
  quantity_per_month bigint not null,
  visits_per_month integer not null,
  unique (plan_id, item_code)
);

-- The service agreement of an order.
create table relief.agreement_record (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  supplier_id text not null,
  person_id text not null,
  township_unit_id text not null,
  valid_from date not null,
  valid_to date not null,
  status text not null check (status in ('Drafted', 'Signed', 'Ended')),
  price_label text not null,
  document text not null,
  constraint agreement_record_period check (valid_to >= valid_from)
);

-- One party's signature.
create table relief.agreement_signature (
  id text not null primary key,
  agreement_id text not null,
  party text not null check (party in ('Township', 'Supplier', 'Person')),
  signer text not null,
  signed_at timestamptz not null,
  unique (agreement_id, party)
);

-- A planned visit.
create table relief.visit_slot (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  order_id text not null,
  person_id text not null,
  item_code text not null,
  planned_start timestamptz not null,
  planned_end timestamptz not null,
  worker_id text,
  status text not null check (status in ('Scheduled', 'Dispatched', 'Started', 'Done', 'NoShow', 'Refused', 'NobodyHome', 'Missing', 'Cancelled')),
  unique (order_id, item_code, planned_start)
);

-- What was really done at one visit: the only thing money may follow (INV-05 to INV-08).
create table relief.service_record (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  visit_id text,
  order_id text not null,
  person_id text not null,
  supplier_id text not null,
  worker_id text not null,
  second_worker_id text,
  item_code text not null,
  two_workers boolean not null,
  service_date date not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  quantity bigint not null,
  content text not null,
  confirmed_by text not null,
  evidence jsonb not null,
  flags jsonb not null,
  status text not null check (status in ('Submitted', 'Accepted', 'Queried', 'Rejected', 'Voided', 'Settled')),
  submitted_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  override_reason text,
  idem_key text not null,
  unique (idem_key),
  constraint service_record_duration check (end_at > start_at),
  constraint service_record_quantity_positive check (quantity > 0)
);

-- A person's number for life: unique, ascending in county and year, never re-used (INV-12).
create table relief.service_number (
  number text not null primary key,
  person_id text not null,
  county_code text not null,
  year integer not null,
  sequence integer not null,
  assigned_at timestamptz not null,
  unique (person_id),
  unique (county_code, year, sequence)
);

-- The last number given in a series.
create table relief.number_series (
  id text not null primary key,
  last integer not null
);

-- One person's file with a supplier (X01).
create table relief.archive_file (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text not null,
  service_no text not null,
  person_id text not null,
  supplier_id text not null,
  folder_number text,
  status text not null check (status in ('Open', 'Complete', 'Exception', 'Archived')),
  sealed_at timestamptz,
  unique (case_id, supplier_id)
);

-- One paper of a file.
create table relief.archive_item (
  id text not null primary key,
  file_id text not null,
  kind text not null,
  present boolean not null,
  exception_reason text,
  signed_by text,
  document_hash text,
  unique (file_id, kind)
);

-- One supplier's month in one township.
create table relief.settlement_batch (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  township_code text not null,
  supplier_id text not null,
  month text not null,
  status text not null check (status in ('Open', 'Claimed', 'Verifying', 'Reviewed', 'Approved', 'Paid', 'Closed', 'Returned')),
  clerk text,
  approver text,
  claimed_at timestamptz,
  approved_at timestamptz,
  paid_at timestamptz,
  voucher text,
  paid_total bigint not null,
  unique (township_code, supplier_id, month),
  constraint settlement_batch_four_eyes check (approver is null or clerk is null or approver <> clerk)
);

-- One position of a batch.
create table relief.settlement_line (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  batch_id text not null,
  kind text not null check (kind in ('Record', 'LateLine', 'BedDays', 'Insurance', 'CallOut', 'CashMeasure', 'Correction')),
  record_id text,
  order_id text,
  item_code text not null,
  service_date date not null,
  quantity bigint not null,
  unit_price bigint not null,
  price_version_id text,
  amount bigint not null,
  status text not null check (status in ('Claimed', 'Verified', 'Hold', 'Rejected', 'Approved', 'Paid')),
  reason text,
  orig_line_id text,
  constraint settlement_line_record_behind_money check (status not in ('Approved', 'Paid') or record_id is not null or kind not in ('Record', 'LateLine'))
);

-- The share of a line that one account pays (INV-04).
create table relief.line_split (
  id text not null primary key,
  line_id text not null,
  part_id text not null,
  account_id text not null,
  amount bigint not null,
  unique (line_id, part_id)
);

-- A supplier's one dispute of a line (E13).
create table relief.line_dispute (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  line_id text not null,
  evidence text not null,
  verified_by text not null,
  decided_by text,
  decided_at timestamptz,
  outcome text check (outcome in ('Upheld', 'Overturned')),
  record_id text,
  unique (line_id),
  constraint line_dispute_another_clerk check (decided_by is null or decided_by <> verified_by)
);

-- A public notice: service number, village and 服务类救助, nothing else (INV-15).
create table relief.notice_record (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  case_id text not null,
  person_id text not null,
  service_no text not null,
  village_name text not null,
  content text not null,
  legal_basis text not null,
  status text not null check (status in ('Prepared', 'Posted', 'Withdrawn', 'TakenDown')),
  posted_at timestamptz,
  taken_down_at timestamptz,
  proofs jsonb not null,
  idem_key text not null,
  unique (idem_key)
);

-- Who did what to which object and why: append-only and hash-chained per subject (3.0.5).
create table relief.audit_event (
  id text not null primary key,
  subject text not null,
  sequence integer not null,
  what text not null,
  detail text not null,
  done_by text not null,
  done_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  unique (subject, sequence)
);

create unique index case_file_one_open on relief.case_file (county_code, person_id) where closed_at is null; -- INV-13
create unique index settlement_line_once on relief.settlement_line (record_id) where status <> 'Rejected'; -- INV-05
create index application_person on relief.application (person_id);
create index need_item_case on relief.need_item (case_id);
create index service_order_case on relief.service_order (case_id);
create index visit_slot_order on relief.visit_slot (order_id, planned_start);
create index service_record_order on relief.service_record (order_id, service_date);
create index service_record_person on relief.service_record (person_id, start_at);
create index service_record_worker on relief.service_record (worker_id, start_at);
create index settlement_line_batch on relief.settlement_line (batch_id);
create index relief_identity_person on relief.relief_identity (person_id);
create index person_condition_person on relief.person_condition (person_id);
create index staff_role_role on relief.staff_role (role, area_code);
create index price_version_item on relief.price_version (item_code, valid_from);
create index fund_account_year on relief.fund_account (county_code, fiscal_year);
create index reservation_order on relief.reservation (order_id);

