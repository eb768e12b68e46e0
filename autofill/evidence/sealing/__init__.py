"""A recording that is whole: sealed, signed, time-stamped, checked, and the tombstone that outlives it."""
