"""Where an inquiry goes: form maps, and the plan that puts one inquiry into one form. No browser, no files but maps."""
