"""The sites of the practice site, a folder each: contact form, chat and Informed Delivery."""
