-- Events that came before their bookmarks (1.7), under the locks taken first.
select unpark(@bookmarks)
