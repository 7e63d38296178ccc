-- One row for every node; it never goes back.
update clock set manual_now = greatest(coalesce(manual_now, @manual), @manual) where id = 1
