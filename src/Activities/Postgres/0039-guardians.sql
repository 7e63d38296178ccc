-- On what a guardian answers for a person, and who is alleged to have abused them as such (E10).

alter table relief.person add column guardian_ground text check (guardian_ground in ('NaturalGuardian', 'CourtDecision', 'Agreement'));
alter table relief.person add column guardian_paper text;
alter table relief.person add column alleged_guardians jsonb not null default '[]';

update relief.person set alleged_guardians = jsonb_build_array(coalesce(guardian_id, 'guardian')) where flags ? 'GuardianAlleged';
