-- Business time (rule 10).
select business_time(), manual_now is not null from clock where id = 1
