"""Informed Delivery: login, dashboard, and the form for a mailpiece that did not come."""
