-- Only for starts that concern a person: waits for a halt of that person that is being written.
select lock_subjects(@subjects)
