"""Many inquiries from rows: a table or a query, a template, and what of a row goes where. Knows no form."""
