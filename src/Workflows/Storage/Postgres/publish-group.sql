-- A group of events, one after another, in one statement.
select place, delivered, parked, started from publish_group(@names, @correlations, @payloads, @keeps, @dedups)
