"""The contact form: the hub (Contact Us), the wizard (Email Us), and the server of its calls."""
