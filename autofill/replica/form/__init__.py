"""What the contact form asks, offers and checks. No pages, no HTTP."""
