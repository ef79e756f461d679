"""The doors of the messengers: verify who calls, put the call into the hotline's words, hand it over."""
