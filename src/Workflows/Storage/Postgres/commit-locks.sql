-- Rule 3a, first half: whoever publishes what these bursts wait for, or drops what was published to them, queues here.
select lock_events(@names, @correlations, @parking)
