"""Cases: what is known of every run, kept so that no inquiry is sent twice.

The only room with SQL in it. Knows neither browser nor form.
"""
