"""The practice site's pages, a folder for each of its services."""
