"""What all records share: versions, bulk writes, look-ups, paging, scope."""
