-- The comparison of one run, whole or not at all: rows of files that were read to their end, against the persons of the county, by the rules
-- of the run's version. LINQ cannot insert what it selects. The row's hash is looked up in person (county_code, id_number_hash), what was warned
-- of before in match_hit (county_code, who, kind, created_at). {0} run, {1} county, {2} version, {3} now, {4} warned before since, {5} today.
insert into relief.match_hit (
  id, county_code, created_at, created_by, area_code, run_id, file_id, data_set, rule_version, line, kind, warning, severity, who, person_id, reference, event_on, status, suppressed)
with found as (
  select r.file_id, r.data_set, r.line, r.reference, r.event_on, u.kind, u.warning, u.severity, p.id as person_id, p.life_status,
    coalesce(p.id, r.pseudonym) as who, coalesce(p.area_code, r.area_code, {1}) as area_code,
    exists (select 1 from relief.case_file c where c.county_code = {1} and c.person_id = p.id and c.closed_at is null) as has_case
  from relief.match_row r
  join relief.match_file f on f.id = r.file_id
  join relief.match_rule u on u.county_code = {1} and u.version = {2} and u.data_set = r.data_set
  left join relief.person p on p.county_code = {1} and p.id_number_hash = r.pseudonym and p.moved_on is null
  where r.run_id = {0} and (p.id is not null or (f.form = 'HitList' and u.warning <> 'C'))
), concerned as (
  select found.*,
    case
      when life_status = 'Dead' or (kind = 'death' and life_status = 'DeathReported') then 'AlreadyKnown'
      when warning in ('A', 'B') and has_case then 'AlreadyServed'
      when exists (
        select 1 from relief.match_hit h where h.county_code = {1} and h.who = found.who and h.kind = found.kind
          and h.created_at > {4} and h.suppressed is null and h.severity >= found.severity) then 'WarnedBefore'
    end as suppressed
  from found
  -- Who receives nothing can lose nothing.
  where warning <> 'C' or has_case or exists (
    select 1 from relief.relief_identity i where i.person_id = found.person_id and i.valid_from <= {5} and (i.valid_to is null or i.valid_to >= {5}))
), placed as (
  -- One home check for a person, however many lists they are on; and one check for each thing that may be lost or wrong.
  select concerned.*,
    row_number() over (order by data_set, line, who) as ord,
    case when suppressed is null then row_number() over (
      partition by who, case when warning in ('A', 'B') then 'home' else kind end, case when suppressed is null then 0 else 1 end order by severity desc, data_set, line) else 1 end as place
  from concerned
)
select {0} || '-' || ord, {1}, {3}, 'system', area_code, {0}, file_id, data_set, {2}, line, kind, warning, severity, who, person_id, reference, event_on,
  case when suppressed is not null or place > 1 then 'Suppressed' when warning = 'D' then 'Listed' else 'Open' end,
  case when place > 1 then 'SamePerson' else suppressed end
from placed
