"""What a case is: runs, events, states and deadlines. Pure: no database, no file."""
