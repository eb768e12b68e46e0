"""`python -m autofill`. Nothing else may live here."""

from autofill.cli.app import main

main()
