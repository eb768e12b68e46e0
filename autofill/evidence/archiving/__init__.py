"""What becomes of old recordings: encrypted, or purged. Decides nothing about which cases are over."""
