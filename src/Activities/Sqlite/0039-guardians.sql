-- On what a guardian answers for a person, and who is alleged to have abused them as such (E10).

alter table relief_person add column guardian_ground text check (guardian_ground in ('NaturalGuardian', 'CourtDecision', 'Agreement'));
alter table relief_person add column guardian_paper text;
alter table relief_person add column alleged_guardians text not null default '[]';

update relief_person set alleged_guardians = json_array(coalesce(guardian_id, 'guardian')) where flags like '%"GuardianAlleged"%';
