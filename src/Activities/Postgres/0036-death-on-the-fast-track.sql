-- Who dies on the fast track leaves the county's board (E02, P29).

alter table relief.emergency drop constraint emergency_outcome_check;
alter table relief.emergency add constraint emergency_outcome_check check (outcome in ('NotNeeded', 'Refused', 'HandedOver', 'Charity', 'NotServed', 'Regularised', 'NotEligible', 'PersonDied'));
