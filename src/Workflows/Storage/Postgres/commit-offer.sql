-- What these bursts parked again is offered to others; after their own new bookmarks, which have the first choice.
select offer_parked() where coalesce(current_setting('flow.parked', true), '') <> ''
